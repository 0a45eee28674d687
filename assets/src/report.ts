import type { Gap } from "./api.js";
import { config } from "./config.js";
import { CometError } from "./errors.js";

/** Tells page and developer of an error that no caller is there to catch. */
export function report(error: unknown, target: EventTarget = document): void {
  const init = { bubbles: true, cancelable: true, detail: error };
  if (target.dispatchEvent(new CustomEvent("comet:error", init))) {
    (config.onError ?? console.error)(error);
  }
}

export const reportGap = ({ reason }: Gap): void =>
  report(new CometError("gap", { title: "Entries are lost", detail: reason }));

/** Runs someone else's code so that its error stays its own. */
export function guard<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    report(error);
    return undefined;
  }
}
