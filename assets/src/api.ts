/// <reference lib="esnext.disposable" preserve="true" />
import type { CometError } from "./errors.js";

/** A command a handler queued on its page; `type` says which. */
export interface Command {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** One message of a stream: an event name, its payload, and the position it had in the log. */
export interface Message<T = unknown> {
  readonly id?: string;
  /** The channel it is of, on a stream of channels. */
  readonly channel?: string;
  readonly event: string;
  readonly data: T;
}

/** RFC 9457 problem details, as the server sends them. */
export interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
}

/** Entries that are gone: the server no longer had them when this reader came back. */
export interface Gap {
  /** The position behind it, on a stream of channels. */
  readonly id?: string;
  readonly from?: number;
  readonly to?: number;
  /** `trimmed`: too many came meanwhile. `epoch`, `gone`: the log or the run is another one. */
  readonly reason: string;
  readonly channel?: string;
  /** What the channel's declaration asks of a client that missed messages. */
  readonly on_gap?: "replay" | "snapshot" | "reload" | "ignore";
  /** Who follows the channel, where it has presence. */
  readonly present?: Attendance;
}

/**
 * - `refused`: the server answered with a problem instead of running the handler
 * - `failed`: the handler ended with an error
 * - `cut`: the connection broke and what was lost cannot be resumed
 * - `gap`: entries were lost while the client was away; the stream goes on
 * - `overflow`: more messages waited, or a longer one came, than the client holds
 * - `command`: the page could not apply a command; the commands after it are applied
 */
export type ErrorKind = "refused" | "failed" | "cut" | "gap" | "overflow" | "command";

/** `waiting` for a connection, `running` on one, or how it ended. */
export type State = "waiting" | "running" | "done" | "failed" | "cancelled";

/** Arguments by position, by name, or a body that is sent as it is. */
export type Args = readonly unknown[] | object | FormData | URLSearchParams;

/** How channels are followed, best first. */
export type Transport = "websocket" | "sse" | "ndjson" | "xhr" | "longpoll" | "jsonp" | "frame";

export interface CallOptions<E = unknown> {
  /** Aborting closes the connection, which drops the handler on the server. */
  signal?: AbortSignal;
  /** Typed events of the handler; page commands are applied by the client itself. */
  onMessage?: (message: Message<E>) => void;
  /** Sees each page command before it is applied; `false` keeps it from being applied. */
  onCommand?: (command: Command) => boolean | void;
  onState?: (state: State) => void;
  /** `frame` reads through a hidden, sandboxed iframe, where a proxy holds `fetch` bodies back. */
  transport?: "ndjson" | "frame";
}

export interface EventsOptions {
  /** Aborting closes the connection and makes the iterator throw the signal's reason. */
  signal?: AbortSignal;
  /** Event names to hear: `["message"]` for `events`, all of them for `messages`. */
  names?: readonly string[];
  /** Where to go on: the `id` of the last message that was handled. */
  cursor?: string;
  /** Messages that may wait for the loop, 1000 by default; one more ends it with `overflow`. */
  buffer?: number;
  /** Told of lost entries. Without it, they are reported as a `comet:error` of kind `gap`. */
  onGap?: (gap: Gap) => void;
  onState?: (state: State) => void;
  /** `sse` by default, and `ndjson` for `messages` without `names`: EventSource must know them. */
  transport?: "sse" | "ndjson";
}

/** Somebody who follows a channel with presence. */
export interface Present {
  /** Stays the same from a join to the leave. */
  readonly member: string;
  /** The user's id; `null` for a stranger. */
  readonly user: string | null;
}

export interface Attendance {
  readonly members: readonly Present[];
  readonly count: number;
}

export interface SubscribeOptions {
  /** Aborting ends the subscription; its iterator throws the signal's reason. */
  signal?: AbortSignal;
  /** Where to begin: the position of data the page already has, or of the last message handled. */
  cursor?: string;
  /** How many of the newest messages to begin with, on a channel the page does not follow yet. */
  history?: number;
  /** Messages that may wait for the handler or loop, 1000 by default; one more ends it. */
  buffer?: number;
  /** Told of lost messages. Without it they are reported, unless `snapshot` makes up for them. */
  onGap?: (gap: Gap) => void;
  /** Fetches the whole state anew; nothing newer is delivered until its promise is settled. */
  snapshot?: (gap: Gap) => unknown;
  /** Told who follows the channel, whenever that changes. */
  onPresence?: (present: readonly Present[]) => void;
  onState?: (state: State) => void;
}

/** What `subscribe` gives. Iterate it, unless it has a handler. */
export interface Subscription<T = unknown> extends AsyncIterable<Message<T>>, Disposable {
  readonly channel: string;
  /** The position of the last message that was handled. */
  readonly cursor: string | undefined;
  /** Why it ended: `closed`, `revoked`, `left`, or the kind of an error. */
  readonly reason: string | undefined;
  /** Who follows the channel now, where it has presence: 200 at most. */
  readonly present: readonly Present[];
  close(): void;
}

export interface PollOptions {
  /** Aborting ends the polling and the request that is open. */
  signal?: AbortSignal;
  /** What goes into the query of each request; a function is asked before each of them. */
  query?: object | (() => object);
  /** How long one request may take, in ms; as long as the server holds it unless given. */
  timeout?: number;
  /** Told of each request that failed, and of an error of the handler. */
  onError?: (error: unknown) => void;
  onState?: (state: State) => void;
}

/** What `poll` gives. */
export interface Polling extends Disposable {
  /** Ends it at once, with the request that is open. */
  close(): void;
}

export interface SubmitOptions extends CallOptions {
  /** The button that submits; its name and value are sent, as a browser would. */
  submitter?: HTMLElement | null;
}

/** Positions by channel, or nothing. */
export type Begun = Readonly<Record<string, string>> | void;

export interface Config {
  /** The app's mount, a path or URL; the folder above the module's own by default. */
  mount: string;
  /**
   * `sanitize` (default): pushed HTML cannot run code. `trusted`: it is inserted as it is. A
   * function makes of it what is inserted, for a page with a sanitiser of its own.
   */
  html: "sanitize" | "trusted" | ((html: string) => Node);
  /** Runs `script` commands, with this CSP nonce. Off unless the page opts in. */
  scripts: string | undefined;
  /** Other origins that a `redirect` command may lead to. */
  redirects: readonly string[];
  /** Sends a CSRF token with each call; on when the page has `<meta name="comet-csrf">`. */
  csrf?: boolean | undefined;
  /** How channels are followed to begin with; the transports behind it are what is left. */
  transport: Transport;
  /** Follows channels by one connection for all tabs of a browser; on by default. */
  share: boolean;
  /** Closes streams while the page is hidden, and goes on where they were when it is seen again. */
  pauseHidden: boolean;
  /**
   * Asked before channels are followed that the page does not follow yet, and again while the
   * server is out of reach. It may resolve with positions to begin at, by channel: those of data
   * that it has fetched for them.
   */
  onSubscribe?: ((channels: readonly string[]) => Begun | Promise<Begun>) | undefined;
  /** Makes what is inside an element like this; the client's own way is loaded with the first use. */
  morph?: ((element: Element, next: DocumentFragment) => void) | undefined;
  /** Replaces the console for reported errors. */
  onError?: ((error: unknown) => void) | undefined;
}

/** What `comet` itself dispatches, and the `detail` of each. */
export interface CometEvents {
  /** How the page's connection for its channels is: `waiting`, `running`, or `done` when none is followed. */
  state: State;
  /** Messages of a channel or an event endpoint were lost, whoever makes up for them. */
  gap: Gap;
  /** The server asks for a signed-in user: 401. */
  auth: CometError;
  /** What is reported, as nobody else is there to catch it; `preventDefault()` keeps it from the console. */
  error: unknown;
}

export interface Comet extends EventTarget {
  addEventListener<K extends keyof CometEvents>(
    type: K,
    listener: (event: CustomEvent<CometEvents[K]>) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(...args: Parameters<EventTarget["addEventListener"]>): void;
  removeEventListener<K extends keyof CometEvents>(
    type: K,
    listener: (event: CustomEvent<CometEvents[K]>) => void,
    options?: EventListenerOptions | boolean,
  ): void;
  removeEventListener(...args: Parameters<EventTarget["removeEventListener"]>): void;
  /** Calls a handler, applies its page commands as they come, resolves with what it returns. */
  call<T = unknown, E = unknown>(name: string, args?: Args, options?: CallOptions<E>): Promise<T>;
  /** Aborts the running calls of this name; without one, every running call. */
  cancel(name?: string): void;
  /** Calls the handler in the form's `data-comet-call` with the form's values by name. */
  submit<T = unknown>(form: HTMLFormElement, options?: SubmitOptions): Promise<T>;
  /** The values of a form as one object; `a[b]` nests and `a[]` collects. */
  formValues(form: HTMLFormElement | string): Record<string, unknown>;
  /** The payloads of an event endpoint. A route such as `/clock` is taken below the mount. */
  events<T = unknown>(route: string | URL, options?: EventsOptions): AsyncGenerator<T, void, void>;
  /** The same as whole messages, with names and ids. */
  messages<T = unknown>(
    route: string | URL,
    options?: EventsOptions,
  ): AsyncGenerator<Message<T>, void, void>;
  /**
   * Follows a channel, on the one connection the page has for all of them. While the promise that
   * the handler returns is pending, the channel's next message waits.
   */
  subscribe<T = unknown>(
    channel: string,
    handler?: (data: T, message: Message<T>) => unknown,
    options?: SubscribeOptions,
  ): Subscription<T>;
  /**
   * Asks a `#[longpoll]` route again and again, and hands over each answer but empty ones. The next
   * request waits for the promise that the handler returns.
   */
  poll<T = unknown>(
    route: string | URL,
    handler: (value: T) => unknown,
    options?: PollOptions,
  ): Polling;
  /** Lets the `call` command reach a function under this name. */
  register(name: string, run: (...args: never[]) => unknown): void;
  /** Teaches the page a custom command type. */
  command(type: string, run: (command: Command) => unknown): void;
  /** Applies commands; resolves when the page has them. */
  apply(commands: readonly Command[]): Promise<void>;
  configure(config: Partial<Config>): void;
}
