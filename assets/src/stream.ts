import type { Problem } from "./api.js";
import { CometError } from "./errors.js";
import type { Link, Open } from "./follow.js";
import { fire, page } from "./report.js";

const LONGEST_LINE = 2 ** 24;

/** The URL with the position to go on from. */
export function at(url: URL, { cursor }: Link): URL {
  const here = new URL(url);
  if (cursor) here.searchParams.set("cursor", cursor);
  return here;
}

/** Makes one request past every cache; a refusal rejects with what the server says. */
export async function ask(url: URL, init: RequestInit, link: Link): Promise<Response> {
  const response = await fetch(at(url, link), { ...init, cache: "no-store", signal: link.signal });
  if (!response.ok) throw await refusal(response);
  return response;
}

export const typeOf = ({ headers }: Response): string => headers.get("content-type") ?? "";

/** A stream of newline-delimited JSON over `fetch`, which is only read. */
export const lines =
  (url: URL): Open =>
  async (link) => {
    const response = await ask(url, { headers: { Accept: "application/x-ndjson" } }, link);
    if (response.status === 204) return link.emit({ event: "done", data: null });
    const type = typeOf(response);
    // A proxy's own page, for instance.
    if (!type.includes("ndjson")) throw new Error(`${url.pathname} is "${type}", no stream`);
    await read(response, link);
  };

/** Reads newline-delimited JSON to its end. */
export async function read({ body }: Response, link: Link): Promise<void> {
  const reader = body!.getReader();
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
      throw new CometError("overflow", { title: "Message over 16 MiB" });
    }
  }
}

/** What the server says instead of a stream. */
async function refusal(response: Response): Promise<CometError> {
  const { status, statusText, headers } = response;
  const problem: Problem = await response.json().catch(() => ({}));
  const after = 1000 * (headers.get("retry-after") as unknown as number) || 0;
  const error = new CometError("refused", { title: statusText, ...problem, status }, after);
  if (status === 401) fire(page, "auth", error);
  return error;
}
