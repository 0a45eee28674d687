import { delay, pause } from "./backoff.js";
import { CometError } from "./errors.js";

/** How often a module is asked for. */
const TRIES = 5;

/** Loads a module of the client, over a network that may be away for a moment. */
export async function patiently<T>(name: string, load: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load();
    } catch (error) {
      if (attempt === TRIES) {
        const detail = `${name} of this page's client cannot be loaded, reload the page: ${error}`;
        throw new CometError("cut", { title: "Client incomplete", detail });
      }
      await pause(delay(attempt, 0), new AbortController().signal, false);
    }
  }
}
