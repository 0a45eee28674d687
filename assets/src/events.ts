import type { EventsOptions, Message } from "./api.js";
import { page } from "./commands.js";
import { locate } from "./config.js";
import { CometError } from "./errors.js";
import { follow, type Link } from "./follow.js";
import { reportGap } from "./report.js";
import { sse } from "./sse.js";
import { ndjson } from "./stream.js";

const ACCEPT = { headers: { Accept: "application/x-ndjson" } };

export async function* events<T>(
  route: string | URL,
  options: EventsOptions = {},
): AsyncGenerator<T, void, void> {
  for await (const { data } of messages<T>(route, { names: ["message"], ...options })) yield data;
}

export async function* messages<T>(
  route: string | URL,
  options: EventsOptions = {},
): AsyncGenerator<Message<T>, void, void> {
  const { signal, names, cursor, buffer = 1000, onGap = reportGap, onState = () => {} } = options;
  const { transport = names ? "sse" : "ndjson" } = options;
  const url = locate(route);
  const stop = new AbortController();
  const queue: Message<T>[] = [];
  let wake = (): void => {};
  let end: (() => void) | undefined;

  const open = async (link: Link): Promise<void> => {
    // An EventSource that never opened does not say why; the same request by fetch does.
    if (transport === "sse" && (await sse(url, names ?? ["message"], link))) return;
    await ndjson(url, ACCEPT, link);
  };
  const onMessage = (message: Message): void => {
    if (page(message) || (names && !names.includes(message.event))) return;
    if (queue.push(message as Message<T>) > buffer) {
      queue.pop();
      stop.abort(new CometError("overflow", { title: "Too many messages wait" }));
    }
    wake();
  };

  onState("waiting");
  const either = AbortSignal.any(signal ? [signal, stop.signal] : [stop.signal]);
  follow({ open, repeatable: true, cursor, signal: either, onMessage, onGap, onState })
    .then(
      () => {
        end = () => {};
        onState("done");
      },
      (error) => {
        end = () => {
          throw error;
        };
        onState(signal?.aborted ? "cancelled" : "failed");
      },
    )
    .finally(() => wake());
  try {
    for (;;) {
      while (queue.length) yield queue.shift()!;
      if (end) return end();
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop.abort();
  }
}
