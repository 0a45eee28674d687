import type { EventsOptions, Message } from "./api.js";
import { page } from "./commands.js";
import { locate } from "./config.js";
import { CometError } from "./errors.js";
import { follow, type Link } from "./follow.js";
import { report } from "./report.js";
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
  const { signal, names, buffer = 1000, cursor, onState } = options;
  const { transport = names ? "sse" : "ndjson" } = options;
  const url = locate(route);
  const stop = new AbortController();
  const queue: Message<T>[] = [];
  let wake = (): void => {};
  let ended = false;
  let failure: unknown;

  const open = async (link: Link): Promise<void> => {
    // An EventSource that never opened does not say why; the same request by fetch does.
    if (transport === "sse" && (await sse(url, names ?? ["message"], link))) return;
    await ndjson(url, ACCEPT, link);
  };
  const onMessage = (message: Message): void => {
    if (page(message) || (names && !names.includes(message.event))) return;
    if (queue.length >= buffer) {
      stop.abort(new CometError("overflow", { title: "Too many messages wait" }));
    } else {
      queue.push(message as Message<T>);
      wake();
    }
  };
  const onGap =
    options.onGap ??
    (({ reason }) => report(new CometError("gap", { title: "Entries are lost", detail: reason })));

  onState?.("waiting");
  follow({
    open,
    repeatable: true,
    cursor,
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    onMessage,
    onGap,
    onState,
  })
    .then(
      () => onState?.("done"),
      (error) => {
        failure = error;
        onState?.(signal?.aborted ? "cancelled" : "failed");
      },
    )
    .finally(() => {
      ended = true;
      wake();
    });
  try {
    for (;;) {
      while (queue.length) yield queue.shift()!;
      if (failure) throw failure;
      if (ended) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop.abort();
  }
}
