import type { Problem } from "./api.js";
import type { Open } from "./follow.js";
import type { Kit } from "./kit.js";
import { poll } from "./longpoll.js";
import type { Polled } from "./poll.js";

const page = globalThis as unknown as Record<string, (reply: Polled & { error?: Problem }) => void>;
let count = 0;

/** Long polls by script, which other origins answer. */
export const jsonp =
  (kit: Kit, url: URL): Open =>
  async (link) => {
    // A script that is asked for before that holds the page's `load` event up.
    if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
    return poll(link, (cursor, timeout) => ask(kit, kit.at(url, { ...link, cursor }), timeout, link.signal));
  };

function ask(kit: Kit, url: URL, timeout: number, signal: AbortSignal): Promise<Polled> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const callback = `comet_${(count += 1)}`;
    const query = { transport: "jsonp", callback, timeout, _: Math.random() };
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, `${value}`);
    const end = (error: unknown): void => {
      script.remove();
      reject(error as Error);
    };
    page[callback] = (reply): void => {
      delete page[callback];
      if (reply.error) return end(kit.refused(reply.error));
      resolve(reply);
      script.remove();
    };
    script.referrerPolicy = "no-referrer";
    script.onerror = (): void => {
      delete page[callback];
      end(new Error("the script did not load"));
    };
    // A script that was taken out of the page runs all the same, and then finds its callback.
    signal.addEventListener("abort", () => end(signal.reason));
    if (signal.aborted) return end(signal.reason);
    script.src = kit.policy().createScriptURL(url.href);
    document.head.append(script);
  });
}
