import type { Message } from "./api.js";
import type { Link } from "./follow.js";
import type { Kit } from "./kit.js";

export interface Polled {
  readonly events: readonly Message[];
  readonly cursor: string;
  /** Who asks, if that is a signed-in user. */
  readonly user?: string;
}

/** Asks for what there is after the link's cursor, and waits for it for so many ms at most. */
export async function once({ post }: Kit, url: URL, link: Link, timeout: number): Promise<Polled> {
  url.searchParams.set("timeout", `${timeout}`);
  const headers = { Accept: "application/json" };
  // Out of reach of caches, which answer equal requests one after the other.
  return (await post(url, { headers }, link)).json();
}
