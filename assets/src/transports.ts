import type { Open } from "./follow.js";
import { sse } from "./sse.js";
import { ndjson } from "./stream.js";

/** Newline-delimited JSON by `fetch`. */
export const lines =
  (url: URL): Open =>
  (link) =>
    ndjson(url, { headers: { Accept: "application/x-ndjson" } }, link);

/** Server-sent events. An EventSource that never opened does not say why; the same by fetch does. */
export const eventSource =
  (url: URL, names: readonly string[]): Open =>
  async (link) =>
    (await sse(url, names, link)) || lines(url)(link);
