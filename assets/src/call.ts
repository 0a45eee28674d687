import type { Args, CallOptions } from "./api.js";
import { page, settled } from "./commands.js";
import { locate } from "./config.js";
import { either, follow, type Open } from "./follow.js";
import { kit, more } from "./kit.js";
import { reportGap } from "./report.js";
import { ndjson } from "./stream.js";

const running = new Map<AbortController, string>();

export function cancel(name?: string): void {
  for (const [controller, called] of running) if (!name || name === called) controller.abort();
}

export async function call<T>(name: string, args: Args = [], options: CallOptions = {}): Promise<T> {
  const { signal, onMessage, onCommand, onState = () => {}, transport } = options;
  const url = locate(`/comet/call/${encodeURIComponent(name)}`);
  const controller = new AbortController();
  const stopped = either(controller, signal);
  running.set(controller, name);
  onState("running");
  try {
    const value = await follow({
      open:
        transport === "frame"
          ? async (link) => (await more())!.posted(url, args)(link)
          : kit.call(name, args, posted(url, args)),
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
  const isRaw = args instanceof FormData || args instanceof URLSearchParams;
  const headers = {
    Accept: "application/x-ndjson, application/json;q=0.9",
    "X-Comet": "1",
    ...(!isRaw && { "Content-Type": "application/json" }),
  };
  const body = isRaw ? args : JSON.stringify(args);
  return (link) => ndjson(url, { method: "POST", body, headers }, link);
}
