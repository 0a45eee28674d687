import type { Link, Open } from "./follow.js";
import type { Kit } from "./kit.js";
import { rare } from "./rare.js";
import { CONTROL } from "./sse.js";

/** Where the transport that works is remembered. */
export const KEY = "comet";
/** What a stream of channels tells about them. */
const ABOUT = ["closed", "join", "leave"];
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
export const climbing = (kit: Kit, url: URL, heard: readonly string[]): Open => {
  const { config, eventSource, lines } = kit;
  const isOdd = heard.some((name) => [...CONTROL, ...ABOUT].includes(name));
  const best = isOdd ? lines(url) : eventSource(url, [...heard, ...ABOUT]);
  return async (link) => {
    // Without them the best one goes on by itself.
    const rest = (trouble || config.transport !== "sse") && (await rare(kit).catch(() => {}));
    if (rest) return rest.ladder(url, best, trouble)(link);
    try {
      await listen(best, link, () => (trouble = "silent"));
    } finally {
      if (!link.signal.aborted) trouble = "broke";
    }
  };
};
