import type { Gap, Message, Problem } from "./api.js";
import type { Hello, Link } from "./follow.js";
import type { Kit } from "./kit.js";

interface Said extends Message {
  /** The call that it is of. */
  readonly call?: string;
}

/** For how long a connection without channels waits for the next ones, in ms. */
const PATIENCE = 1000;
/** How many changes may wait for the server's guards, which take one after the other; it lets 16 wait. */
const CHANGES = 14;
/** How many messages may wait meanwhile. */
const MOST = 1000;

/**
 * A WebSocket, which outlives what is followed by it: the page's next channels take it over, and
 * what both have in common goes on.
 */
export class Wire {
  readonly #kit: Kit;
  readonly #socket: WebSocket;
  /** The channels of each id's parts, as the server has said last. */
  #order: readonly string[] = [];
  /** What the server was asked for, and how many greetings it still owes for that. */
  #asked: readonly string[];
  #due = 1;
  /** How far the page was told of each channel that has begun. */
  readonly #at = new Map<string, string>();
  #heartbeat: number | undefined;
  /** Who hears of these channels, and what nobody has heard of yet. */
  #link: Link | undefined;
  #names: readonly string[] = [];
  #kept: Message[] = [];
  #timer: unknown;
  readonly #calls = new Map<string, (message?: Message) => void>();
  #isOpen = false;
  /** Set when nothing new may begin. */
  #isLeaving = false;
  #refusal: Problem | undefined;
  #over: (how: { isOpen: boolean; error?: unknown }) => void = () => {};

  constructor(kit: Kit, url: URL, names: readonly string[]) {
    this.#kit = kit;
    this.#asked = names;
    this.#socket = new WebSocket(url.href.replace(/^http/, "ws"), "comet.v1");
    this.#socket.onopen = () => (this.#isOpen = true);
    this.#socket.onmessage = ({ data }) => this.#hear(JSON.parse(data as string) as Said);
    this.#socket.onclose = ({ code, reason }) => {
      this.leave();
      const error = this.#refusal ?? (code === 1008 && { title: "Refused", status: 403, detail: reason });
      this.#over({ isOpen: this.#isOpen, error: error && kit.refused(error) });
      for (const end of [...this.#calls.values()]) end();
    };
  }

  get isReady(): boolean {
    return !this.#isLeaving && this.#socket.readyState < 2;
  }

  get isOpen(): boolean {
    return this.isReady && this.#isOpen;
  }

  get calls(): number {
    return this.#calls.size;
  }

  /** Nothing new begins by it; what is called may end. */
  leave(): void {
    this.#isLeaving = true;
    this.#tidy();
  }

  #tidy(): void {
    if (this.#isLeaving && !this.#link && !this.#calls.size) this.#socket.close();
  }

  /** Has the page come back by another one. */
  renew(): void {
    this.leave();
    this.#link?.emit({ event: "bye", data: { after: 1 } });
  }

  #send(message: object): void {
    if (this.#socket.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  /** Follows channels until the link's end; resolves with whether there was a connection. */
  follow(link: Link, names: readonly string[], history: number): Promise<boolean> {
    clearTimeout(this.#timer as number);
    return new Promise((resolve, reject) => {
      this.#over = ({ isOpen, error }) => (error ? reject(error as Error) : resolve(isOpen));
      link.signal.addEventListener("abort", () => {
        if (this.#link !== link) return;
        this.#link = undefined;
        resolve(true);
        if (link.signal.reason === 0) this.#timer = setTimeout(() => this.leave(), PATIENCE);
        // What was cut is taken for dead, and its calls with it.
        else if (!this.#isLeaving) this.#socket.close();
        this.#tidy();
      });
      this.#link = link;
      this.#names = names;
      if (this.#asked !== names) this.#change(link, names, history);
      for (const message of this.#kept.splice(0)) this.#pass(message);
    });
  }

  /** Leaves and takes up channels; what goes on is what the page has at the position reached. */
  #change({ cursor = "", emit }: Link, names: readonly string[], history: number): void {
    // Another connection asks for all of them by one request.
    if (this.#due > CHANGES) return this.renew();
    const wanted = new Set(cursor.split("~"));
    const goesOn = (name: string): boolean => names.includes(name) && wanted.has(this.#at.get(name)!);
    const left = this.#asked.filter((name) => !goesOn(name));
    const added = names.filter((name) => !this.#asked.includes(name) || left.includes(name));
    const own = new Set(names.filter(goesOn).map((name) => this.#at.get(name)));
    this.#asked = names;
    for (const name of left) this.#at.delete(name);
    const change = (request: object): void => {
      this.#due += 1;
      this.#send(request);
    };
    if (left.length) change({ unsubscribe: left });
    const from = [...wanted].filter((part) => part && !own.has(part)).join("~");
    if (added.length) change({ subscribe: added, history, ...(from && { cursor: from }) });
    if (!this.#due) emit(this.#hello({}));
  }

  #hello(data: Hello): Message {
    const { heartbeat = this.#heartbeat } = data;
    this.#heartbeat = heartbeat;
    const cursor = this.#names.map((name) => this.#at.get(name) ?? "").join("~");
    return { event: "hello", data: { ...data, heartbeat, cursor } };
  }

  #hear({ call, ...message }: Said): void {
    this.#link?.alive();
    if (call) return this.#calls.get(call)?.(message);
    if (message.event === "error") return void (this.#refusal = message.data as Problem);
    if (this.#link) return this.#pass(message);
    if (this.#kept.push(message) > MOST) this.leave();
  }

  /** Tells the link, in its own terms, of what it follows. */
  #pass(message: Message): void {
    const { id, event } = message;
    if (event === "hello") {
      const { channels, cursor = "", ...data } = message.data as Hello & { channels: string[] };
      this.#order = channels;
      if (--this.#due) return;
      const parts = cursor.split("~");
      channels.forEach((name, index) => this.#at.set(name, parts[index]!));
      return this.#link?.emit(this.#hello(data));
    }
    // Of before the last change.
    if (event === "done" && this.#due) return;
    if (event === "done" || event === "bye") this.leave();
    const isAbout = /^(gap|join|leave|closed)$/.test(event);
    const channel = message.channel ?? (isAbout ? (message.data as Gap).channel : undefined);
    const index = this.#order.indexOf(channel!);
    const own = index < 0 ? id : id?.split("~")[index];
    if (own && index >= 0) {
      if (!this.#at.has(channel!) || !this.#names.includes(channel!)) return;
      // A page does not count who comes and goes, and is told again when it comes back.
      if (!/^(join|leave)$/.test(event)) this.#at.set(channel!, own);
    }
    this.#link?.emit({ ...message, ...(own && { id: own }) });
  }

  /** Makes a call; resolves when the connection or the link has ended. */
  call(id: string, request: object, link: Link): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): boolean => {
        const isThere = this.#calls.delete(id);
        queueMicrotask(resolve);
        this.#tidy();
        return isThere;
      };
      let isBegun = false;
      this.#calls.set(id, (message) => {
        if (!message || message.id === "done" || message.event === "bye") end();
        if (message?.event === "error" && !isBegun) reject(this.#kit.refused(message.data as Problem));
        else if (message) link.emit(message);
        isBegun = true;
      });
      link.signal.addEventListener("abort", () => end() && this.#send({ cancel: id }));
      this.#send({ ...request, id });
    });
  }
}
