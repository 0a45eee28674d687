import { config } from "./config.js";
import type { Link, Open } from "./follow.js";
import { more } from "./kit.js";
import { CONTROL, eventSource } from "./sse.js";
import { lines } from "./stream.js";

/** Where the transport that works is remembered. */
export const KEY = "comet";
/** How long a connection may say nothing at all, its greeting included, in ms. */
export const SILENCE = 10_000;

/** What went wrong with the best transport, on an earlier page as well, which brings in the others. */
export type Trouble = "broke" | "silent" | string | undefined;
let trouble: Trouble;
try {
  trouble = sessionStorage[KEY];
} catch {
  // a page that may not store anything
}

/** Opens a connection that is cut, and told of, when it says nothing at all. */
export async function listen(open: Open, link: Link, onSilence: () => void): Promise<unknown> {
  const timer = setTimeout(() => {
    onSilence();
    link.cut();
  }, SILENCE);
  const emit: Link["emit"] = (message) => {
    clearTimeout(timer);
    link.emit(message);
  };
  try {
    return await open({ ...link, emit });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Follows channels by server-sent events, called by these names, and by whichever other transport
 * works once those have failed or the page asks for it.
 */
export const climbing = (url: URL, heard: readonly string[]): Open => {
  const best = heard.some((name) => CONTROL.includes(name)) ? lines(url) : eventSource(url, heard);
  return async (link) => {
    const rest = (trouble || config.transport !== "sse") && (await more());
    if (rest) return rest.ladder(url, best, trouble)(link);
    try {
      await listen(best, link, () => (trouble = "silent"));
    } finally {
      if (!link.signal.aborted) trouble = "broke";
    }
  };
};
