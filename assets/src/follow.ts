import type { Gap, Message, Problem, State } from "./api.js";
import { delay, pause } from "./backoff.js";
import { CometError } from "./errors.js";
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

/** Opens one connection and resolves when it has ended; a refusal rejects with a CometError. */
export type Open = (link: Link) => Promise<unknown>;

export interface Course {
  open: Open;
  /** Whether the stream may be opened anew, which is right for what is safe to ask again. */
  repeatable: boolean;
  cursor?: string | undefined;
  signal: AbortSignal;
  onMessage: (message: Message) => void;
  onGap: (gap: Gap) => void;
  onState?: ((state: State) => void) | undefined;
}

/** What is known of a stream, whichever connection it was learnt on. */
interface Progress {
  cursor: string | undefined;
  heartbeat: number;
  /** For how many ms after a loss the stream can be taken up again. */
  resume: number;
  attempt: number;
  readonly seen: Set<string>;
}

interface Ending {
  greeted: boolean;
  /** The `done` or `error` message, where one came. */
  last?: Message;
  after: number;
  failure: CometError;
}

const REMEMBERED_IDS = 1000;

/** Takes a message's position; false for a message that was here before. */
function advance(progress: Progress, id: string | undefined): boolean {
  const { seen } = progress;
  if (!id || !/^[\w.~-]{1,64}$/.test(id)) return true;
  if (seen.has(id)) return false;
  progress.cursor = id;
  seen.add(id);
  if (seen.size > REMEMBERED_IDS) seen.delete(seen.values().next().value as string);
  return true;
}

/** Opens one connection and reads it to its end. */
async function connect(course: Course, progress: Progress): Promise<Ending> {
  const { open, repeatable, signal, onMessage, onGap, onState } = course;
  const controller = new AbortController();
  const cut = (): void => controller.abort();
  const { alive, stop } = watch(repeatable, () => progress.heartbeat, cut);
  const ending: Ending = { greeted: false, after: 0, failure: lost() };
  const take: Record<string, (message: Message) => void> = {
    hello({ data }) {
      const hello = data as { cursor?: string; heartbeat?: number; resume?: number };
      progress.cursor = hello.cursor ?? progress.cursor;
      progress.heartbeat = hello.heartbeat ?? progress.heartbeat;
      if (!repeatable) progress.resume = hello.resume ?? 0;
      ending.greeted = true;
      onState?.("running");
    },
    beat() {},
    gap: ({ data }) => onGap(data as Gap),
    bye({ data }) {
      ending.after = (data as { after?: number }).after ?? 0;
      cut();
    },
    done(message) {
      ending.last = message;
      cut();
    },
  };
  take["error"] = take["done"]!;
  const emit = (message: Message): void => {
    const { id, event } = message;
    alive();
    if (controller.signal.aborted || !advance(progress, id)) return;
    if (event !== "hello") progress.attempt = 0;
    (Object.hasOwn(take, event) ? take[event]! : onMessage)(message);
  };

  signal.addEventListener("abort", cut);
  try {
    await open({ cursor: progress.cursor, signal: controller.signal, alive, cut, emit });
  } catch (error) {
    if (!controller.signal.aborted) ending.failure = lost(error);
  }
  stop();
  cut();
  signal.removeEventListener("abort", cut);
  return ending;
}

const lost = (error?: unknown): CometError =>
  error instanceof CometError
    ? error
    : new CometError("cut", { title: "Connection lost", detail: error ? String(error) : "" });

const isFinal = ({ kind, status }: CometError): boolean =>
  kind === "overflow" || (status >= 400 && status < 500 && status !== 408 && status !== 429);

/** Follows a stream over as many connections as it takes; resolves with its `done` value. */
export async function follow(course: Course): Promise<unknown> {
  const { repeatable, signal, cursor } = course;
  const resume = repeatable ? Infinity : 0;
  const progress: Progress = { cursor, heartbeat: 15_000, resume, attempt: 0, seen: new Set() };
  let lostAt = 0;
  for (;;) {
    signal.throwIfAborted();
    const { greeted, last, after, failure } = await connect(course, progress);
    if (last?.event === "done") return last.data;
    if (last) throw new CometError("failed", last.data as Problem);
    signal.throwIfAborted();
    if (repeatable && progress.cursor && failure.status === 410) {
      progress.cursor = undefined;
      course.onGap({ reason: "gone" });
      continue;
    }
    if (greeted || !lostAt) lostAt = Date.now();
    const away = Date.now() - lostAt;
    if (isFinal(failure) || away >= progress.resume) throw failure;
    course.onState?.("waiting");
    await pause(after || failure.after || delay(progress.attempt++, away), signal);
  }
}
