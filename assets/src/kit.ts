import { config, locate } from "./config.js";
import { csrf } from "./csrf.js";
import { today } from "./day.js";
import { CometError } from "./errors.js";
import { follow } from "./follow.js";
import { policy } from "./html.js";
import { post } from "./post.js";
import { fire, page } from "./report.js";
import { eventSource } from "./sse.js";
import { ask, at, lines } from "./stream.js";
import type { Args, Problem } from "./api.js";
import type { Open } from "./follow.js";

/** What the modules that are loaded on demand get from this one, which a page may know by another URL. */
export const kit = {
  config,
  locate,
  ask,
  at,
  csrf,
  eventSource,
  follow,
  lines,
  policy,
  post,
  today,
  /** Tells whoever listens to `comet`. */
  tell: (type: string, detail: unknown): boolean => fire(page, type, detail),
  refused: (problem: Problem): CometError => new CometError("refused", problem),
  /** How a call is made where nothing else is said. */
  call: (_name: string, _args: Args, byFetch: Open): Open => byFetch,
};
export type Kit = typeof kit;
