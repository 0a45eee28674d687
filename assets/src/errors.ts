import type { ErrorKind, Problem } from "./api.js";

/** What a call rejects with, what a stream throws, and what `comet:error` events carry. */
export class CometError extends Error {
  /** The HTTP status, 0 where there was none. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly kind: ErrorKind;
  /** How long the server asked to wait before another try, in ms. */
  readonly after: number;

  constructor(kind: ErrorKind, problem: Problem = {}, after = 0) {
    const { title = kind, detail = "", status = 0 } = problem;
    super(detail || title);
    this.name = "CometError";
    this.kind = kind;
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.after = after;
  }
}
