import { config } from "./config.js";
import { csrf } from "./csrf.js";
import { CometError } from "./errors.js";
import { policy } from "./html.js";
import { once } from "./poll.js";
import { at, lines } from "./stream.js";
import type { Args, Problem } from "./api.js";
import type { Open } from "./follow.js";

/** What the module of rare transports gets from this one, which a page may know by another URL. */
export const kit = {
  config,
  at,
  csrf,
  lines,
  once,
  policy,
  refused: (problem: Problem): CometError => new CometError("refused", problem),
  /** How a call is made where nothing else is said. */
  call: (_name: string, _args: Args, byFetch: Open): Open => byFetch,
};
export type Kit = typeof kit;

/** What few pages need, from a module that is loaded when one does; nothing where it cannot be. */
export const more = () =>
  import("./transports.js").then(
    ({ transports }) => transports(kit),
    () => undefined,
  );
