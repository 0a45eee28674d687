import { config } from "./config.js";
import { CometError } from "./errors.js";
import { policy } from "./html.js";
import { once } from "./poll.js";
import { at, lines } from "./stream.js";
import type { Problem } from "./api.js";

/** What the module of rare transports gets from this one, which a page may know by another URL. */
const kit = {
  config,
  at,
  lines,
  once,
  policy,
  refused: (problem: Problem): CometError => new CometError("refused", problem),
};
export type Kit = typeof kit;

/** What few pages need, from a module that is loaded when one does; nothing where it cannot be. */
export const more = () =>
  import("./transports.js").then(
    ({ transports }) => transports(kit),
    () => undefined,
  );
