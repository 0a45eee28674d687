import type { Link, Open } from "./follow.js";
import type { Kit } from "./kit.js";

/** A request keeps all that it has received, so it is replaced after so many characters. */
const MOST = 4 * 2 ** 20;

/** Newline-delimited JSON by XMLHttpRequest. A request that was no stream does not say why; `fetch` does. */
export const xhr =
  (kit: Kit, url: URL): Open =>
  async (link) =>
    (await read(kit.at(url, link), link)) || kit.lines(url)(link);

/** Resolves with whether the stream was ever open. */
function read(url: URL, link: Link): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let isStream = false;
    let taken = 0;
    const take = (): void => {
      isStream ||= /ndjson/.test(request.getResponseHeader("content-type") ?? "") && request.status === 200;
      if (!isStream) return;
      link.alive();
      const text = request.responseText;
      const end = text.lastIndexOf("\n") + 1;
      for (const line of text.slice(taken, end).split("\n")) if (line) link.emit(JSON.parse(line));
      taken = Math.max(taken, end);
      if (text.length > MOST) request.abort();
    };
    request.open("GET", url);
    request.setRequestHeader("Accept", "application/x-ndjson");
    request.onprogress = (): void => {
      try {
        take();
      } catch (error) {
        reject(error as Error);
        request.abort();
      }
    };
    request.onloadend = (): void => resolve(isStream || link.signal.aborted);
    link.signal.addEventListener("abort", () => request.abort());
    request.send();
  });
}
