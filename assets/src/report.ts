import type { Gap } from "./api.js";
import { config } from "./config.js";
import { CometError } from "./errors.js";

/** Dispatches an event that bubbles; false when a listener has prevented its default. */
export const fire = (target: EventTarget, name: string, detail: unknown): boolean =>
  target.dispatchEvent(new CustomEvent(name, { bubbles: true, cancelable: true, detail }));

/** What `comet` itself is: the page hears there of all its streams and calls at once. */
export const page = new EventTarget();

/** Tells page and developer of an error that no caller is there to catch. */
export function report(error: unknown, where: EventTarget = document): void {
  if (fire(where, "comet:error", error)) (config.onError ?? console.error)(error);
}

export const reportGap = ({ channel = "the stream", from, to, reason }: Gap): void =>
  report(
    new CometError("gap", {
      title: "Messages were lost",
      detail: `${channel}: ${from} up to ${to} (${reason})`,
    }),
  );

/** Runs someone else's code, and waits for it, so that its error stays its own. */
export async function guard(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    report(error);
  }
}
