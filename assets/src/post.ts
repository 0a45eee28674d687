import type { Args } from "./api.js";
import { csrf } from "./csrf.js";
import type { CometError } from "./errors.js";
import type { Link, Open } from "./follow.js";
import { ask, read, typeOf } from "./stream.js";

/** Posts with the app's token, once it asks for one. */
export async function post(url: URL, init: RequestInit, link: Link, isAgain = false): Promise<Response> {
  const token = await csrf(isAgain);
  const headers = { ...(init.headers as object), ...(token && { "X-Comet-Csrf": token }) };
  try {
    return await ask(url, { ...init, method: "POST", headers }, link);
  } catch (error) {
    const { status, detail } = error as CometError;
    if (isAgain || status !== 403 || !/csrf/i.test(detail)) throw error;
    return post(url, init, link, true);
  }
}

/** A call. A reply that is no stream is its end. */
export function posted(url: URL, args: Args): Open {
  const isRaw = args instanceof FormData || args instanceof URLSearchParams;
  const headers = {
    Accept: "application/x-ndjson, application/json;q=0.9",
    "X-Comet": "1",
    ...(!isRaw && { "Content-Type": "application/json" }),
  };
  const body = isRaw ? args : JSON.stringify(args);
  return async (link) => {
    const response = await post(url, { body, headers }, link);
    const type = typeOf(response);
    if (!type.includes("ndjson")) return link.emit({ event: "done", data: await plain(response, type) });
    // Chromium never delivers another byte of this body after it froze the page.
    document.addEventListener("resume", link.cut, link);
    await read(response, link);
  };
}

async function plain(response: Response, type: string): Promise<unknown> {
  const text = await response.text();
  return type.includes("json") ? JSON.parse(text) : text || null;
}
