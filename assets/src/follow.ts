import type { Attendance, Gap, Message, Problem, State } from "./api.js";
import { delay, pause } from "./backoff.js";
import { today } from "./day.js";
import { CometError } from "./errors.js";
import { isAfter } from "./position.js";
import { fire, guard, page } from "./report.js";
import { watch } from "./watchdog.js";

/** One connection as a transport sees it. */
export interface Link {
  /** The position to go on from. */
  readonly cursor: string | undefined;
  readonly signal: AbortSignal;
  /** Bytes came, whatever they mean. */
  alive(): void;
  /** Ends the connection as lost. */
  cut(): void;
  emit(message: Message): void;
}

/** What each stream says first. */
export interface Hello {
  readonly cursor?: string;
  /** How often something is heard, in ms. */
  readonly heartbeat?: number;
  /** For how many ms a run outlives its connection. */
  readonly resume?: number;
  /** Who follows, if that is a signed-in user. */
  readonly user?: string;
  /** Who follows each channel that has presence. */
  readonly present?: Record<string, Attendance>;
  /** How the stream is that this one is a part of; `running` where it is its own. */
  readonly state?: State;
}

/** Opens one connection and resolves when it has ended; a refusal rejects with a CometError. */
export type Open = (link: Link) => Promise<unknown>;

export interface Course {
  open: Open;
  /** Whether the stream may be opened anew, which is right for what is safe to ask again. */
  repeatable: boolean;
  cursor?: string | undefined;
  signal: AbortSignal;
  /** Told where each connection begins. */
  onHello?: (hello: Hello) => void;
  onMessage: (message: Message) => void;
  onGap: (gap: Gap) => void;
  onState: (state: State) => void;
}

/** The signal of all of them. */
export const either = (
  { signal }: AbortController,
  other = signal,
  another = signal,
): AbortSignal => AbortSignal.any([signal, other, another]);

const lost = (error?: unknown): CometError =>
  error instanceof CometError
    ? error
    : new CometError("cut", { title: "Connection lost", detail: `${error ?? ""}` });

export const isFinal = ({ kind, status }: CometError): boolean =>
  kind === "overflow" || /^4(?!08|29)/.test(`${status}`);

/** Follows a stream over as many connections as it takes; resolves with its `done` value. */
export async function follow(course: Course): Promise<unknown> {
  const { open, repeatable, signal, onMessage, onGap, onState } = course;
  let { cursor } = course;
  let heartbeat = 15_000;
  /** For how many ms after a loss the stream can be taken up again. */
  let resume = 0;
  let attempt = 0;
  let lostAt = 0;
  /** The message that ended the stream. */
  let last: Message | undefined;
  /** The delay that a server which goes away has asked for. */
  let after = 0;

  const finish = (message: Message, cut: () => void): void => {
    last = message;
    cut();
  };
  const control: Record<string, (message: Message, cut: () => void) => void> = {
    hello({ data }) {
      ({ cursor = cursor, heartbeat = heartbeat, resume = 0 } = data as Hello);
      lostAt = 0;
      course.onHello?.(data as Hello);
      onState((data as Hello).state ?? "running");
    },
    beat() {},
    gap({ id, data }) {
      fire(page, "gap", data);
      onGap({ ...(id && { id }), ...(data as Gap) });
    },
    bye({ data }, cut) {
      after = (data as { after?: number }).after ?? 0;
      cut();
    },
    done: finish,
    error: finish,
  };

  /** Opens one connection, reads it to its end, and says why it ended. */
  const connect = async (): Promise<CometError> => {
    const controller = new AbortController();
    const link = either(controller, signal, repeatable ? await today() : signal);
    const cut = (): void => controller.abort();
    const alive = watch(controller, repeatable, () => heartbeat);
    const emit = (message: Message): void => {
      const { id, event } = message;
      alive();
      // A greeting may stand where the last message stood.
      if (link.aborted || (id && event !== "hello" && !isAfter(id, cursor))) return;
      cursor = id ?? cursor;
      if (event !== "hello") attempt = 0;
      const own = Object.hasOwn(control, event) ? control[event]! : onMessage;
      void guard(() => own(message, cut));
    };
    try {
      await open({ cursor, signal: link, alive, cut, emit });
      return lost();
    } catch (error) {
      return lost(link.aborted ? undefined : error);
    } finally {
      cut();
    }
  };

  for (;;) {
    signal.throwIfAborted();
    after = 0;
    const failure = await connect();
    if (last?.event === "done") return last.data;
    if (last) throw new CometError("failed", last.data as Problem);
    signal.throwIfAborted();
    if (repeatable && cursor && failure.status === 410) {
      cursor = undefined;
      onGap({ reason: "gone" });
      continue;
    }
    const away = Date.now() - (lostAt ||= Date.now());
    if (isFinal(failure) || (!repeatable && away >= resume)) throw failure;
    onState("waiting");
    after ||= failure.after;
    await pause(after || delay(attempt++, away), signal, !!after);
  }
}
