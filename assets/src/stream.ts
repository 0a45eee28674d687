import type { Problem } from "./api.js";
import { csrf } from "./csrf.js";
import { CometError } from "./errors.js";
import type { Link, Open } from "./follow.js";

const LONGEST_LINE = 2 ** 24;

/** The URL with the position to go on from. */
export function at(url: URL, { cursor }: Link): URL {
  const here = new URL(url);
  if (cursor) here.searchParams.set("cursor", cursor);
  return here;
}

/**
 * Makes one request past every cache, a POST with the app's token where it asks for one; a refusal
 * rejects with what the server says.
 */
export async function ask(url: URL, init: RequestInit, link: Link, fresh = false): Promise<Response> {
  const { signal } = link;
  const token = init.method && (await csrf(fresh));
  const headers = { ...(init.headers as object), ...(token && { "X-Comet-Csrf": token }) };
  const response = await fetch(at(url, link), { ...init, headers, cache: "no-store", signal });
  if (response.ok) return response;
  const error = await refusal(response);
  const isStale = init.method && !fresh && error.status === 403 && /csrf/i.test(error.detail);
  if (!isStale) throw error;
  return ask(url, init, link, true);
}

/** Reads newline-delimited JSON over `fetch`. A call's reply that is no stream is its end. */
export async function ndjson(url: URL, init: RequestInit, link: Link): Promise<void> {
  const response = await ask(url, init, link);
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("ndjson")) {
    // A proxy's own page, for instance: what asks for a stream only gets nothing else from Comet.
    if (!init.method && response.status !== 204) throw new Error(`no stream: ${type}`);
    return link.emit({ event: "done", data: await plain(response, type) });
  }
  // Chromium never delivers another byte of this body after it froze the page.
  document.addEventListener("resume", link.cut, link);
  await read(response.body!, link);
}

/** A stream that is only read. */
export const lines =
  (url: URL): Open =>
  (link) =>
    ndjson(url, { headers: { Accept: "application/x-ndjson" } }, link);

async function plain(response: Response, type: string): Promise<unknown> {
  const text = await response.text();
  return type.includes("json") ? JSON.parse(text) : text || null;
}

async function read(body: ReadableStream<Uint8Array>, link: Link): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    link.alive();
    const complete = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = complete.pop()!;
    for (const line of complete) if (line) link.emit(JSON.parse(line));
    if (rest.length > LONGEST_LINE) {
      throw new CometError("overflow", { title: "Too long" });
    }
  }
}

/** What the server says instead of a stream. */
async function refusal(response: Response): Promise<CometError> {
  const { status, statusText, headers } = response;
  const problem: Problem = await response.json().catch(() => ({}));
  const after = Number(headers.get("retry-after")) * 1000 || 0;
  return new CometError("refused", { title: statusText, ...problem, status }, after);
}
