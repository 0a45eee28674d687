import type { Args, CallOptions, State } from "./api.js";
import { page, settled } from "./commands.js";
import { locate } from "./config.js";
import { csrf } from "./csrf.js";
import { CometError } from "./errors.js";
import { follow, type Link, type Open } from "./follow.js";
import { frame } from "./frame.js";
import { guard, report } from "./report.js";
import { ndjson } from "./stream.js";

const running = new Map<AbortController, string>();

export function cancel(name?: string): void {
  for (const [controller, called] of running) if (!name || name === called) controller.abort();
}

export async function call<T>(name: string, args: Args = [], options: CallOptions = {}): Promise<T> {
  const { signal, onMessage, onCommand, transport } = options;
  const url = locate(`/comet/call/${encodeURIComponent(name)}`);
  const controller = new AbortController();
  const state = (now: State): void => void guard(() => options.onState?.(now));
  const either = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
  running.set(controller, name);
  state("running");
  try {
    const value = await follow({
      open: transport === "frame" ? framed(url, args) : posted(url, args),
      repeatable: false,
      signal: either,
      onMessage(message) {
        if (!page(message, onCommand)) guard(() => onMessage?.(message));
      },
      onGap: ({ reason }) => report(new CometError("gap", { detail: reason })),
      onState: state,
    });
    await settled();
    state("done");
    return value as T;
  } catch (error) {
    state(either.aborted ? "cancelled" : "failed");
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

function framed(url: URL, args: Args): Open {
  if (Array.isArray(args) && args.length) {
    throw new TypeError("comet: a frame posts a form, so give its arguments by name");
  }
  const text = (value: unknown): string =>
    typeof value === "object" ? JSON.stringify(value) : String(value);
  const fields = Object.entries(args).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, text(one)] as const),
  );
  return (link) => frame(url, fields, link);
}
