import type { Config, EventsOptions, Message, State, SubscribeOptions, Subscription } from "./api.js";
import { swap, words } from "./swap.js";

/** What the client gives, which a page may know by another URL. */
export interface CometKit {
  fire(target: EventTarget, name: string, detail: unknown): boolean;
  report(error: unknown, target?: EventTarget): void;
  messages(route: string, options: EventsOptions): AsyncIterable<Message>;
  config: Config;
  /** How far the page has been told of a channel. */
  positionOf(channel: string): string | undefined;
  subscribe(channel: string, handler: undefined, options: SubscribeOptions): Subscription;
  /** The way of page commands into the page: sanitised, or as the page has configured. */
  fragment(html: string): DocumentFragment;
  prepare(): Promise<void>;
  morph(): Promise<(element: Element, next: DocumentFragment) => void>;
}
/** Puts a message into the page where its source says. */
export type Swap = (source: HTMLElement, event: string, data: unknown) => Promise<void>;

const STATES: Partial<Record<State, string>> = { waiting: "waiting", running: "open" };

/** Defines `<comet-source>`, and gives what places the messages of other sources as well. */
export function element(kit: CometKit): Swap {
  const place: Swap = (source, event, data) => swap(kit, source, event, data);

  class CometSource extends HTMLElement {
    static readonly observedAttributes = ["src", "channel", "cursor", "history", "on", "share", "pause-hidden"];
    #stop: AbortController | undefined;
    /** The position of the last message that is on the page. */
    #cursor: string | undefined;

    connectedCallback(): void {
      document.addEventListener("visibilitychange", this.#look);
      this.#look();
    }
    disconnectedCallback(): void {
      document.removeEventListener("visibilitychange", this.#look);
      this.#end("closed");
    }
    /** Moved by `moveBefore`, it goes on. */
    connectedMoveCallback(): void {}
    attributeChangedCallback(name: string, before: string | null, now: string | null): void {
      if (before === now || !this.isConnected) return;
      if (name !== "pause-hidden") {
        this.#end("waiting");
        this.#cursor = undefined;
      }
      this.#look();
    }

    /** Follows, unless the page is hidden and the element pauses then. */
    readonly #look = (): void => {
      if (document.hidden && this.hasAttribute("pause-hidden")) return this.#end("waiting");
      if (this.#stop) return;
      this.#stop = new AbortController();
      void this.#follow(this.#stop.signal);
    };

    #end(state: string): void {
      this.#stop?.abort();
      this.#stop = undefined;
      this.setAttribute("state", state);
    }

    /** The stream that the attributes ask for, from where the page stands. */
    #open(signal: AbortSignal): AsyncIterable<Message> {
      const asked = (name: string): string | undefined => this.getAttribute(name) ?? undefined;
      const [channel, src, cursor] = [asked("channel"), asked("src"), this.#cursor ?? asked("cursor")];
      const history = this.#cursor ? 0 : Number(asked("history") ?? 0);
      const onState = (state: State): void => {
        if (signal.aborted) return;
        this.setAttribute("state", STATES[state] ?? "closed");
        // Where it goes on after a pause in which the first message came.
        if (state === "running" && channel) this.#cursor ??= kit.positionOf(channel);
      };
      const names = ["message", ...words(asked("on"))];
      const options = { signal, onState, names, history, ...(cursor && { cursor }) };
      if (asked("share") === "false") kit.config.share = false;
      if (channel) return kit.subscribe(channel, undefined, options);
      if (src) return kit.messages(src, options);
      throw new TypeError("a <comet-source> needs a `channel`, or the route of an event endpoint as `src`");
    }

    async #follow(signal: AbortSignal): Promise<void> {
      try {
        for await (const { id, event, data } of this.#open(signal)) {
          if (kit.fire(this, `comet:${event}`, data)) await place(this, event, data);
          this.#cursor = id ?? this.#cursor;
        }
      } catch (error) {
        if (signal.aborted) return;
        this.setAttribute("state", "closed");
        kit.report(error, this);
      }
    }
  }
  customElements.define("comet-source", CometSource);
  return place;
}
