import type { Link, Open } from "./follow.js";
import { at, lines } from "./stream.js";

export const CONTROL = "hello page beat gap done error bye".split(" ");

/** Server-sent events. An EventSource that never opened does not say why; the same by fetch does. */
export const eventSource =
  (url: URL, names: readonly string[]): Open =>
  async (link) =>
    (await sse(url, names, link)) || lines(url)(link);

/**
 * Reads server-sent events. Resolves with whether the stream was ever open.
 *
 * A browser gives its EventSource up for good on any 4xx or 5xx and elsewhere reconnects without
 * jitter, so the first error ends this one and the caller opens another.
 */
function sse(url: URL, names: readonly string[], link: Link): Promise<boolean> {
  return new Promise((resolve) => {
    const source = new EventSource(at(url, link));
    let opened = false;
    let before = "";
    const end = (): void => {
      source.close();
      clearInterval(timer);
      resolve(opened);
    };
    const hear = ({ type: event, data, lastEventId }: MessageEvent<string>): void => {
      if (data === undefined) {
        if (event === "error") end();
        return;
      }
      // The browser repeats the last id on messages that have none.
      const own = lastEventId !== before && { id: lastEventId };
      before = lastEventId;
      link.emit({ ...own, event, data: JSON.parse(data) });
    };
    // Firefox closes the source without an event when a link turns out to be a download.
    const timer = setInterval(() => source.readyState === 2 && end(), 1000);
    source.onopen = (): void => void (opened = true);
    for (const name of [...CONTROL, ...names]) {
      source.addEventListener(name, hear as EventListener);
    }
    link.signal.addEventListener("abort", end);
  });
}
