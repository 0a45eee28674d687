import type { Args } from "./api.js";
import type { CometError } from "./errors.js";
import type { Open } from "./follow.js";
import type { Kit } from "./kit.js";
import { once } from "./poll.js";
import { Wire } from "./wire.js";

/** How many calls a connection has at once. */
const MOST = 16;
/** The longest message in characters, which are three times as many bytes at most. */
const LONGEST = 16_384;

/** The connection of the page, over which its calls go as well. */
let wire: Wire | undefined;
let count = 0;

/**
 * Follows channels by the page's one WebSocket. Where it is refused and the server is there, it is
 * the way to it that has no room for one: `down` takes the next transport.
 */
export const websocket =
  (kit: Kit, url: URL, down: () => void): Open =>
  async (link) => {
    // The server knows a token by the cookie that the connection was opened with.
    await kit.csrf(false);
    if (link.signal.aborted) return;
    kit.call = (name, args, byFetch) => called(kit, name, args, byFetch);
    const { searchParams } = url;
    const names = searchParams.getAll("channel");
    if (!wire?.isReady) wire = new Wire(kit, kit.at(url, link), names);
    if (await wire.follow(link, names, +searchParams.get("history")!)) return;
    await once(kit, url, link, 0);
    down();
  };

/** A call over the connection there is, or else as ever. */
const called =
  (kit: Kit, call: string, args: Args, byFetch: Open): Open =>
  async (link) => {
    const isRaw = args instanceof FormData || args instanceof URLSearchParams;
    const csrf = await kit.csrf(false);
    const over = wire;
    const request = { call, args, cursor: link.cursor, csrf };
    if (link.signal.aborted) return;
    if (isRaw || !over?.isOpen || over.calls === MOST || JSON.stringify(request).length > LONGEST) {
      return byFetch(link);
    }
    try {
      await over.call(`k${(count += 1)}`, request, link);
    } catch (error) {
      const { status, detail } = error as CometError;
      if (status !== 403 || !/csrf/i.test(detail)) throw error;
      await kit.csrf(true);
      over.renew();
      await byFetch(link);
    }
  };
