import type { Link, Open } from "./follow.js";
import type { Kit } from "./kit.js";
import { once, type Polled } from "./poll.js";

type Ask = (cursor: string | undefined, timeout: number) => Promise<Polled>;

export const longpoll =
  (kit: Kit, url: URL): Open =>
  (link) =>
    poll(link, (cursor, timeout) => once(kit, url, { ...link, cursor }, timeout));

/** Reads by long polling. The first reply comes at once, so that a silent stream has begun too. */
export async function poll(link: Link, ask: Ask): Promise<void> {
  let { cursor } = link;
  for (let timeout = 0; ; timeout = 25_000) {
    const since = Date.now();
    const polled = await ask(cursor, timeout);
    ({ cursor } = polled);
    polled.events.forEach(link.emit);
    link.emit({ event: timeout ? "beat" : "hello", data: polled });
    // Nothing, and before its time: the server goes away, or another poll has taken this one's place.
    if (timeout && !polled.events.length && Date.now() - since < 1000) return;
  }
}
