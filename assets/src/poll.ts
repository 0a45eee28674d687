import type { Message } from "./api.js";
import type { Link } from "./follow.js";
import { ask } from "./stream.js";

interface Polled {
  readonly events: readonly Message[];
  readonly cursor: string;
}

/** Asks for what there is after the link's cursor, and waits for it for so many ms at most. */
export async function once(url: URL, link: Link, timeout: number): Promise<Polled> {
  url.searchParams.set("timeout", `${timeout}`);
  return (await ask(url, { headers: { Accept: "application/json" } }, link)).json();
}

/**
 * Reads by long polling. The first reply comes at once, so that a silent stream has begun too; the
 * others take their time at random, since browsers answer equal requests one after the other.
 */
export async function poll(url: URL, link: Link): Promise<never> {
  let { cursor } = link;
  for (let timeout = 0; ; timeout = 25_000 - Math.floor(5_000 * Math.random())) {
    const polled = await once(url, { ...link, cursor }, timeout);
    ({ cursor } = polled);
    polled.events.forEach(link.emit);
    if (!timeout) link.emit({ event: "hello", data: polled });
  }
}
