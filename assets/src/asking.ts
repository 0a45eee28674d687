import type { PollOptions, Polling } from "./api.js";
import { either } from "./follow.js";
import { kit } from "./kit.js";
import { patiently } from "./patience.js";
import { report } from "./report.js";

/** Polls a route by a module that is loaded for the first of them. */
export function poll<T>(
  route: string | URL,
  handler: (value: T) => unknown,
  options: PollOptions = {},
): Polling {
  const stop = new AbortController();
  const signal = either(stop, options.signal);
  const close = (): void => stop.abort();
  patiently("polling.js", () => import("./polling.js"))
    .then(({ polling }) => polling(kit, route, handler, options, signal))
    .catch((error) => {
      if (signal.aborted) return options.onState?.("cancelled");
      options.onState?.("failed");
      if (!options.onError) report(error);
    });
  return { close, [Symbol.dispose]: close };
}
