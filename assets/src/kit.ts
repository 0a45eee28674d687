import type { Args, Problem } from "./api.js";
import { CometError } from "./errors.js";
import type { Link, Open } from "./follow.js";
import { policy } from "./html.js";
import { poll } from "./poll.js";
import { at, lines } from "./stream.js";

/** What the module of rare transports gets from this one, which a page may know by another URL. */
export const kit = {
  at,
  lines,
  poll,
  policy,
  refused: (problem: Problem): CometError => new CometError("refused", problem),
};
export type Kit = typeof kit;

/** The transports that few pages need. */
export type Rare = "xhr" | "jsonp" | "frame" | "posted";

/** A transport that few pages need, from a module that is loaded when one does. */
export const rare =
  (name: Rare, url: URL, args: Args = {}): Open =>
  async (link: Link) => {
    const { transports } = await import("./transports.js");
    return transports(kit)[name](url, args)(link);
  };
