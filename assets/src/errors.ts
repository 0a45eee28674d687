import type { ErrorKind, Problem } from "./api.js";

/** What a call rejects with, what a stream throws, and what `comet:error` events carry. */
export class CometError extends Error {
  declare readonly kind: ErrorKind;
  /** The HTTP status, 0 where there was none. */
  declare readonly status: number;
  declare readonly title: string;
  declare readonly detail: string;
  /** How long the server asked to wait before another try, in ms. */
  declare readonly after: number;

  constructor(kind: ErrorKind, problem: Problem = {}, after = 0) {
    super(problem.detail || problem.title || kind);
    const { title = kind, detail = "", status = 0 } = problem;
    Object.assign(this, { name: "CometError", kind, status, title, detail, after });
  }
}
