import type { Args, CallOptions } from "./api.js";
import { page, settled } from "./commands.js";
import { locate } from "./config.js";
import { csrf } from "./csrf.js";
import type { CometError } from "./errors.js";
import { either, follow, type Link, type Open } from "./follow.js";
import { reportGap } from "./report.js";
import { ndjson } from "./stream.js";

const running = new Map<AbortController, string>();

/** How a call's connections are opened, by transport. */
export const transports: Record<string, (url: URL, args: Args) => Open> = { ndjson: posted };

export function cancel(name?: string): void {
  for (const [controller, called] of running) if (!name || name === called) controller.abort();
}

export async function call<T>(name: string, args: Args = [], options: CallOptions = {}): Promise<T> {
  const { signal, onMessage, onCommand, onState = () => {}, transport = "ndjson" } = options;
  const controller = new AbortController();
  const stopped = either(controller, signal);
  running.set(controller, name);
  onState("running");
  try {
    const value = await follow({
      open: transports[transport]!(locate(`/comet/call/${encodeURIComponent(name)}`), args),
      repeatable: false,
      signal: stopped,
      onMessage(message) {
        if (!page(message, onCommand)) onMessage?.(message);
      },
      onGap: reportGap,
      onState,
    });
    await settled();
    onState("done");
    return value as T;
  } catch (error) {
    onState(stopped.aborted ? "cancelled" : "failed");
    throw error;
  } finally {
    running.delete(controller);
  }
}

function posted(url: URL, args: Args): Open {
  const raw = args instanceof FormData || args instanceof URLSearchParams;
  const body = raw ? args : JSON.stringify(args);
  const send = async (link: Link, fresh: boolean): Promise<void> => {
    const token = await csrf(fresh);
    const headers = {
      Accept: "application/x-ndjson, application/json;q=0.9",
      "X-Comet": "1",
      ...(!raw && { "Content-Type": "application/json" }),
      ...(token && { "X-Comet-Csrf": token }),
    };
    try {
      await ndjson(url, { method: "POST", body, headers }, link);
    } catch (error) {
      const { status, detail } = error as Partial<CometError>;
      if (fresh || status !== 403 || !/csrf/i.test(detail ?? "")) throw error;
      await send(link, true);
    }
  };
  return (link) => send(link, false);
}
