import type { State } from "./api.js";
import { CometError } from "./errors.js";

interface Options {
  signal?: AbortSignal;
  buffer?: number;
  onState?: (state: State) => void;
}

/** What has come and waits for its one reader: bounded, in order, with an end. */
export interface Inbox<T> extends AsyncIterable<T> {
  /** Ends it with an error where there is no room. */
  push(item: T): void;
  /** Ends the iteration once what waits has been read; an error is thrown then. */
  end(error?: unknown): void;
  /** Ends it at once; what waits is forgotten. */
  close(): void;
}

/** `onEnd` is told when nothing more is taken, for whichever reason. */
export function inbox<T>(
  { signal, buffer = 1000, onState }: Options,
  onEnd: (error: unknown) => void,
): Inbox<T> {
  let waiting: T[] = [];
  let ended: { error: unknown } | undefined;
  let wake = (): void => {};

  const end = (error?: unknown): void => {
    if (ended) return;
    ended = { error };
    signal?.removeEventListener("abort", abort);
    onEnd(error);
    onState?.(signal?.aborted ? "cancelled" : error ? "failed" : "done");
    wake();
  };
  const close = (error?: unknown): void => {
    waiting = [];
    end(error);
  };
  const abort = (): void => close(signal!.reason);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) queueMicrotask(abort);
  return {
    push(item) {
      if (waiting.length < buffer) waiting.push(item);
      else end(new CometError("overflow", { title: `${buffer} messages waited, the limit of \`buffer\`` }));
      wake();
    },
    end,
    close: () => close(),
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) {
          while (waiting.length) yield waiting.shift()!;
          if (ended?.error) throw ended.error;
          if (ended) return;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        close();
      }
    },
  };
}
