/** A small server of channels behind `fetch` and `EventSource`, which does what a test makes it do. */
import "./dom.js";
import { config } from "../src/config.js";
import type { Message } from "../src/api.js";

config.mount = "/app/";

type Transport = "sse" | "ndjson" | "xhr" | "json";
interface Entry {
  readonly offset: number;
  readonly data: unknown;
}
interface Log {
  epoch: string;
  newest: number;
  entries: Entry[];
  onGap: string;
}
/** What a transport does with a message, and with the end of its connection. */
interface Sink {
  write(message: Message): void;
  end(): void;
}
interface Connection extends Sink {
  readonly transport: Transport;
  readonly names: readonly string[];
  readonly at: Map<string, number>;
  /** Channels whose log the reader's position is not of. */
  readonly lost: Set<string>;
}

const control = (event: string, data: object): Message => ({ event, data });
/** The epoch of a position that is lost, until the reader has been told. */
const NONE = "none";

export class Hub {
  readonly #logs = new Map<string, Log>();
  #epochs = 0;
  /** Every request: its transport and query. */
  readonly requests: { transport: Transport; query: URLSearchParams }[] = [];
  readonly connections = new Set<Connection>();
  /** Statuses for channels that are refused. */
  readonly refused = new Map<string, number>();
  /** Who follows each channel, where that is told. */
  present: Record<string, { members: object[]; count: number }> | undefined;
  /** What happens to a request instead of an answer. */
  fault: (transport: Transport) => "refuse" | "hold" | "cut" | "page" | undefined = () => undefined;

  constructor() {
    globalThis.fetch = (input, init) => this.#fetch(new URL(String(input)), init ?? {});
    const hub = this;
    Object.assign(globalThis, {
      EventSource: class extends Source {
        constructor(url: URL) {
          super();
          hub.#source(new URL(url), this);
        }
      },
      XMLHttpRequest: class extends Request {
        send(): void {
          hub.#request(this);
        }
      },
    });
  }

  log(name: string): Log {
    const made = { epoch: `epoch${++this.#epochs}`, newest: 0, entries: [], onGap: "replay" };
    if (!this.#logs.has(name)) this.#logs.set(name, made);
    return this.#logs.get(name)!;
  }

  publish(name: string, ...payloads: unknown[]): void {
    const log = this.log(name);
    for (const data of payloads) log.entries.push({ offset: ++log.newest, data });
    for (const connection of [...this.connections]) {
      if (connection.names.includes(name)) this.#pump(connection, name);
    }
  }

  /** Forgets all but the newest entries. */
  trim(name: string, keep = 0): void {
    const log = this.log(name);
    log.entries = keep ? log.entries.slice(-keep) : [];
  }

  /** The channel begins anew, as after a restart of the server. */
  restart(name: string): void {
    const { onGap } = this.log(name);
    this.#logs.delete(name);
    this.log(name).onGap = onGap;
  }

  /** Tells the followers of a channel that it is over. */
  close(channel: string, reason = "closed"): void {
    for (const connection of [...this.connections]) {
      if (!connection.names.includes(channel)) continue;
      connection.write(control("closed", { channel, reason }));
      if (reason === "slow") connection.end();
      else if (connection.names.length === 1) connection.write({ id: "done", event: "done", data: null });
    }
  }

  /** Tells the followers of a channel who has come or gone. */
  meet(event: "join" | "leave", channel: string, member: string): void {
    this.log(channel).newest += 1;
    for (const connection of this.connections) {
      if (!connection.names.includes(channel)) continue;
      connection.at.set(channel, this.log(channel).newest);
      const data = { channel, member, user: null, count: 1 };
      connection.write({ id: this.#cursor(connection), event, data });
    }
  }

  /** Breaks every connection. */
  cut(): void {
    for (const { end } of [...this.connections]) end();
  }

  #follow(transport: Transport, query: URLSearchParams, sink: Sink): Connection {
    const names = query.getAll("channel");
    const known = (query.get("cursor") ?? "").split("~").map((part) => part.split("."));
    const isStrange = known.some(
      ([epoch]) => epoch && !names.some((name) => this.log(name).epoch === epoch),
    );
    const lost = new Set<string>();
    const at = new Map<string, number>();
    for (const name of names) {
      const { epoch, newest, entries } = this.log(name);
      const own = known.find((part) => part[0] === epoch);
      const oldest = entries[0]?.offset ?? newest + 1;
      const history = Math.min(Number(query.get("history")), entries.length);
      at.set(name, own ? Number(own[1]) : isStrange ? oldest - 1 : newest - history);
      if (!own && isStrange) lost.add(name);
    }
    const connection = { ...sink, transport, names, at, lost };
    const cursor = this.#cursor(connection);
    const present = this.present && { present: this.present };
    const hello = { cursor, heartbeat: 15_000, channels: names, ...present };
    if (transport !== "json") connection.write({ id: cursor, ...control("hello", hello) });
    for (const name of lost) this.#miss(connection, name, 0, at.get(name)! + 1, "epoch");
    for (const name of names) this.#pump(connection, name);
    return connection;
  }

  #miss(connection: Connection, channel: string, from: number, to: number, reason: string): void {
    connection.at.set(channel, to - 1);
    connection.lost.delete(channel);
    const gap = { channel, from, to, reason, on_gap: this.log(channel).onGap };
    connection.write({ id: this.#cursor(connection), ...control("gap", gap) });
  }

  #pump(connection: Connection, name: string): void {
    const { newest, entries } = this.log(name);
    const at = connection.at.get(name)!;
    const to = entries[0]?.offset ?? newest + 1;
    if (at + 1 < to) this.#miss(connection, name, at + 1, to, "trimmed");
    for (const { offset, data } of entries) {
      if (offset <= connection.at.get(name)!) continue;
      connection.at.set(name, offset);
      connection.write({ id: this.#cursor(connection), channel: name, event: "message", data });
    }
  }

  #cursor({ names, at, lost }: Connection): string {
    const epoch = (name: string): string => (lost.has(name) ? NONE : this.log(name).epoch);
    return names.map((name) => `${epoch(name)}.${at.get(name)}`).join("~");
  }

  #source(url: URL, source: Source): void {
    const query = url.searchParams;
    this.requests.push({ transport: "sse", query });
    source.url = url;
    setImmediate(() => {
      const fault = this.fault("sse");
      if (fault === "hold" || source.readyState === 2) return;
      const isRefused = query.getAll("channel").some((name) => this.refused.has(name));
      if (fault === "refuse" || fault === "page" || isRefused) return source.fail();
      source.open();
      const several = query.getAll("channel").length > 1;
      const end = (): void => {
        this.connections.delete(connection);
        source.fail();
      };
      source.onclose = () => this.connections.delete(connection);
      const connection = this.#follow("sse", query, {
        write({ id, channel, event, data }) {
          source.say(several && channel ? channel : event, JSON.stringify(data), id);
        },
        end,
      });
      this.connections.add(connection);
      if (fault === "cut") end();
    });
  }

  #request(request: Request): void {
    const query = request.url!.searchParams;
    this.requests.push({ transport: "xhr", query });
    setImmediate(() => {
      const fault = this.fault("xhr");
      if (fault === "hold" || request.isOver) return;
      const isRefused = query.getAll("channel").some((name) => this.refused.has(name));
      if (fault === "refuse" || fault === "page" || isRefused) return request.end();
      request.open200();
      const connection = this.#follow("xhr", query, {
        write: (one) => request.receive(`${JSON.stringify(one)}\n`),
        end: () => request.end(),
      });
      this.connections.add(connection);
      request.onend = () => this.connections.delete(connection);
      if (fault === "cut") request.end();
    });
  }

  async #fetch(url: URL, { headers, signal }: RequestInit): Promise<Response> {
    const query = url.searchParams;
    const transport = new Headers(headers).get("accept") === "application/json" ? "json" : "ndjson";
    this.requests.push({ transport, query });
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    const fault = this.fault(transport);
    if (fault === "refuse") throw new TypeError("no network");
    if (fault === "page") return new Response("<html>", { headers: { "content-type": "text/html" } });
    if (fault === "hold") {
      return new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    }
    const refused = query.getAll("channel").find((name) => this.refused.has(name));
    if (refused) {
      const status = this.refused.get(refused)!;
      return Response.json({ title: "No", status, detail: `not for you: ${refused}` }, { status });
    }
    return transport === "json" ? this.#poll(query, signal) : this.#stream(query, fault, signal);
  }

  #stream(query: URLSearchParams, fault: string | undefined, signal?: AbortSignal | null): Response {
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        let isOpen = true;
        const end = (error?: unknown): void => {
          if (isOpen) error ? controller.error(error) : controller.close();
          isOpen = false;
          this.connections.delete(connection);
        };
        const connection = this.#follow("ndjson", query, {
          write: (one) => isOpen && controller.enqueue(encoder.encode(`${JSON.stringify(one)}\n`)),
          end,
        });
        this.connections.add(connection);
        signal?.addEventListener("abort", () => end(signal.reason));
        if (fault === "cut") end();
      },
    });
    return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
  }

  async #poll(query: URLSearchParams, signal?: AbortSignal | null): Promise<Response> {
    const events: Message[] = [];
    let wake = (): void => {};
    const connection = this.#follow("json", query, {
      write(message) {
        events.push(message);
        wake();
      },
      end: () => wake(),
    });
    if (!events.length && query.has("cursor") && query.get("timeout") !== "0") {
      this.connections.add(connection);
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal?.addEventListener("abort", wake);
      });
      this.connections.delete(connection);
      signal?.throwIfAborted();
    }
    return Response.json({ events, cursor: this.#cursor(connection) });
  }
}

/** The browser's side of an EventSource. */
class Source {
  readyState = 0;
  url: URL | undefined;
  onopen?: () => void;
  onclose = (): void => {};
  readonly #listeners = new Map<string, (event: object) => void>();
  #last = "";
  addEventListener(type: string, run: (event: object) => void): void {
    this.#listeners.set(type, run);
  }
  close(): void {
    this.readyState = 2;
    this.onclose();
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
    this.#listeners.get("open")?.({ type: "open" });
  }
  fail(): void {
    if (this.readyState !== 2) this.#listeners.get("error")!({ type: "error" });
  }
  say(type: string, data: string, id = this.#last): void {
    this.#last = id;
    if (this.readyState === 1) this.#listeners.get(type)?.({ type, data, lastEventId: id });
  }
}

/** The browser's side of an XMLHttpRequest, as far as it streams. */
class Request {
  status = 0;
  responseText = "";
  url: URL | undefined;
  isOver = false;
  onprogress?: () => void;
  onloadend?: () => void;
  onend = (): void => {};
  #type = "text/html";
  open(_method: string, url: URL): void {
    this.url = url;
  }
  setRequestHeader(): void {}
  getResponseHeader(): string {
    return this.#type;
  }
  open200(): void {
    this.status = 200;
    this.#type = "application/x-ndjson";
  }
  receive(text: string): void {
    if (this.isOver) return;
    this.responseText += text;
    this.onprogress?.();
  }
  abort(): void {
    this.end();
  }
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.onend();
    this.onloadend?.();
  }
}
