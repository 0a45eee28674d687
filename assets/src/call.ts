import type { Args, CallOptions, Command } from "./api.js";
import { apply, settled } from "./commands.js";
import { locate } from "./config.js";
import { either, follow } from "./follow.js";
import { kit } from "./kit.js";
import { posted } from "./post.js";
import { rare } from "./rare.js";
import { reportGap } from "./report.js";

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
          ? async (link) => (await rare(kit)).posted(url, args)(link)
          : kit.call(name, args, posted(url, args)),
      repeatable: false,
      signal: stopped,
      onMessage(message) {
        if (message.event !== "page") return onMessage?.(message);
        const commands = message.data as Command[];
        void apply(commands.filter((one) => onCommand?.(one) !== false));
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
