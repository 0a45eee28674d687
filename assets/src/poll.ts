import type { Message } from "./api.js";
import type { Link } from "./follow.js";
import { ask } from "./stream.js";

export interface Polled {
  readonly events: readonly Message[];
  readonly cursor: string;
}

/** Asks for what there is after the link's cursor, and waits for it for so many ms at most. */
export async function once(url: URL, link: Link, timeout: number): Promise<Polled> {
  url.searchParams.set("timeout", `${timeout}`);
  const headers = { Accept: "application/json" };
  // Out of reach of caches, which answer equal requests one after the other.
  return (await ask(url, { method: "POST", headers }, link)).json();
}

/** Reads by long polling. The first reply comes at once, so that a silent stream has begun too. */
export async function poll(
  link: Link,
  once: (cursor: string | undefined, timeout: number) => Promise<Polled>,
): Promise<void> {
  let { cursor } = link;
  for (let timeout = 0; ; timeout = 25_000) {
    const since = Date.now();
    const polled = await once(cursor, timeout);
    ({ cursor } = polled);
    polled.events.forEach(link.emit);
    link.emit({ event: timeout ? "beat" : "hello", data: polled });
    // Nothing, and before its time: the server goes away, or another poll has taken this one's place.
    if (timeout && !polled.events.length && Date.now() - since < 1000) return;
  }
}
