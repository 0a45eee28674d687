import type { Message, PollOptions } from "./api.js";
import type { CometError } from "./errors.js";
import type { Kit } from "./kit.js";

/** A request is held for as long as the server likes: silence says nothing. */
const HELLO: Message = { event: "hello", data: { heartbeat: Infinity } };

/** An empty answer that comes sooner is from a server that goes away, or from one that holds nothing. */
const SOON = 1000;

/** Asks a route again and again, one request after the other; resolves when the signal aborts. */
export async function polling<T>(
  kit: Kit,
  route: string | URL,
  handler: (value: T) => unknown,
  { query = {}, timeout, onError, onState = () => {} }: PollOptions,
  signal: AbortSignal,
): Promise<void> {
  const address = (): URL => {
    const url = kit.locate(route);
    for (const [name, value] of Object.entries(typeof query === "function" ? query() : query)) {
      for (const one of [value ?? []].flat()) url.searchParams.append(name, `${one}`);
    }
    return url;
  };
  const answer = async (open: AbortSignal): Promise<string> => {
    const since = Date.now();
    const limit = timeout ? AbortSignal.any([open, AbortSignal.timeout(timeout)]) : open;
    const link = { cursor: undefined, signal: limit, alive() {}, cut() {}, emit() {} };
    const isHeld = (): boolean => Date.now() - since >= SOON;
    try {
      const response = await kit.ask(address(), { headers: { Accept: "application/json" } }, link);
      const text = await response.text();
      if (text || isHeld()) return text;
    } catch (error) {
      // What some servers say when the time is up.
      if ((error as CometError).status === 408 && isHeld()) return "";
      throw error;
    }
    throw new Error(`${route} holds no request`);
  };
  onState("waiting");
  await kit.follow({
    async open({ signal, emit }) {
      emit(HELLO);
      try {
        for (;;) {
          const text = await answer(signal);
          if (text) await handler(JSON.parse(text));
          emit(HELLO);
          emit({ event: "beat", data: null });
        }
      } catch (error) {
        if (!signal.aborted) onError?.(error);
        throw error;
      }
    },
    repeatable: true,
    signal,
    onMessage() {},
    onGap() {},
    onState,
  });
}
