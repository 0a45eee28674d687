import type { Gap, Message, State } from "./api.js";
import type { Member } from "./channels.js";
import type { Hello, Link, Open } from "./follow.js";
import type { Polled } from "./poll.js";

/** What the tabs of a browser need of a page's own subscriptions. */
export interface Desk {
  /** What tabs share a connection by: the app they are pages of. */
  readonly app: string;
  /** Aborts when the page falls asleep, which then cannot lead. */
  today(): Promise<AbortSignal>;
  join(member: Member, from?: string): void;
  leave(member: Member): void;
  /** Whether the page follows channels for itself. */
  isNeeded(): boolean;
}

/** One connection as a page wants it. */
export interface Wish {
  readonly names: readonly string[];
  /** The page's positions now. */
  cursor(): string;
  /** The page's own connection. */
  alone: Open;
  /** Asks the server once, as this page, for what there is by now. */
  ask(link: Link): Promise<Polled>;
  onState(state: State): void;
}

interface Want {
  readonly from: string;
  readonly names: readonly string[];
  readonly cursor: string;
  readonly user: string | undefined;
}

/** What one tab says to the others: to all of them, or to one. */
interface Note {
  /** A follower wants these channels from the leader. */
  readonly want?: Want;
  /** The follower that the leader answers. */
  readonly to?: string;
  /** Whether the leader follows for it; for all where there is no `to`. */
  readonly taken?: boolean;
  readonly heartbeat?: number | undefined;
  /** A new leader is there. */
  readonly leads?: true;
  readonly beat?: true;
  /** What came, or how the connection is, of a channel. */
  readonly channel?: string;
  readonly item?: Message | Gap;
  readonly state?: State;
}

/** How long a follower waits for the leader's word, in ms. */
const PATIENCE = 3_000;

/** One connection for all tabs of a browser: one of them leads, whose lock the others wait for. */
export class Tabs {
  readonly #desk: Desk;
  readonly #key: string;
  readonly #notes: BroadcastChannel;
  /** Gives the lead up; there while this page leads. */
  #resign: (() => void) | undefined;
  /** Ends the wait for the lead; there while this page waits. */
  #queue: AbortController | undefined;
  /** The connection there is. */
  #link: Link | undefined;
  #isFollower = false;
  /** Whose connection this page's own is, once that is known. */
  #hello: Hello | undefined;
  /** Who waits until that is known. */
  #early: Want[] = [];
  /** What the leader follows for others, and for whom. */
  readonly #proxies = new Map<string, Proxy>();

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#key = `comet ${desk.app}`;
    this.#notes = new BroadcastChannel(this.#key);
    this.#notes.addEventListener("message", ({ data }: MessageEvent<Note>) => {
      if (data.want && this.#resign) this.#wanted(data.want);
    });
  }

  /** Opens a connection: the page's own where it leads, else the leader's. */
  async open(wish: Wish, link: Link): Promise<unknown> {
    (await this.#desk.today()).addEventListener("abort", this.#sleep);
    this.#link = link;
    if (!(await this.#leads())) {
      if (link.signal.aborted || (await this.#follow(wish, link))) return;
    }
    const emit: Link["emit"] = (message) => {
      if (message.event === "hello") this.#greeted(message.data as Hello);
      if (message.event === "beat") this.#say({ beat: true });
      link.emit(message);
    };
    return wish.alone({ ...link, cursor: wish.cursor(), emit });
  }

  /** Gives the lead up, and what was followed for others. */
  rest(): void {
    this.#resign?.();
    this.#resign = undefined;
    this.#early = [];
    for (const proxy of this.#proxies.values()) this.#drop(proxy);
  }

  readonly #sleep = (): void => {
    // A lock that a frozen page is given in its turn would be nobody's.
    this.#queue?.abort();
    this.rest();
  };

  #say(note: Note): void {
    if (this.#resign) this.#notes.postMessage(note);
  }

  /** Whether this page leads, or comes to. Where another one does, this one waits for its lock. */
  async #leads(): Promise<boolean> {
    if (this.#resign || this.#queue) return Boolean(this.#resign);
    const { locks } = navigator;
    const queue = (this.#queue = new AbortController());
    const { signal } = queue;
    const done = (): void => {
      if (this.#queue === queue) this.#queue = undefined;
    };
    return new Promise((decided) => {
      const lead = (): Promise<void> | undefined => {
        done();
        if (signal.aborted || !this.#desk.isNeeded()) return;
        return new Promise((resolve) => (this.#resign = resolve));
      };
      void locks.request(this.#key, { ifAvailable: true }, (lock) => {
        const held = lock && lead();
        decided(Boolean(held));
        if (held) return held;
        if (lock || signal.aborted) return done();
        const begin = (): Promise<void> | undefined => {
          const held = lead();
          if (held) this.#begin();
          return held;
        };
        void locks.request(this.#key, { signal }, begin).catch(done);
        return;
      });
    });
  }

  /** Takes over from a leader that is gone. */
  #begin(): void {
    this.#say({ leads: true });
    if (this.#isFollower) this.#link?.emit({ event: "bye", data: { after: 1 } });
  }

  #greeted(hello: Hello): void {
    // Who is somebody else by now follows for nobody that the old one followed for.
    if (this.#hello && this.#hello.user !== hello.user) this.#refuse();
    this.#hello = hello;
    for (const want of this.#early.splice(0)) this.#wanted(want);
  }

  #refuse(): void {
    this.#say({ taken: false });
    for (const proxy of this.#proxies.values()) this.#drop(proxy);
  }

  /** Follows for another tab, if that is the same user's. */
  #wanted(want: Want): void {
    const { from: to, names, cursor, user } = want;
    if (!this.#hello) return void this.#early.push(want);
    const taken = this.#hello.user === user;
    // First, as what it hears before that does not count.
    this.#say({ to, taken, heartbeat: this.#hello.heartbeat });
    if (taken) {
      const positions = cursor.split("~");
      names.forEach((name, index) => this.#proxy(name).take(to, positions[index]));
      // A follower holds a lock of its own for as long as it is there.
      void navigator.locks.request(`${this.#key} ${to}`, () => {
        for (const name of names) this.#proxies.get(name)?.leave(to);
      });
    }
  }

  #proxy(channel: string): Proxy {
    const there = this.#proxies.get(channel);
    if (there) return there;
    const followers = new Set<string>();
    const drop = (): void => this.#drop(proxy);
    const member: Member = {
      channel,
      history: 0,
      isProxy: true,
      take: (item) => this.#say({ channel, item }),
      onState: (state) => this.#say({ channel, state }),
      onPresence: (_, item) => item && this.#say({ channel, item }),
      end: (error, reason) => {
        const item = { event: "closed", data: { channel, reason } };
        this.#say(error ? { channel, taken: false } : { channel, item });
        drop();
      },
    };
    const proxy: Proxy = {
      member,
      take: (follower, from) => {
        followers.add(follower);
        this.#desk.join(member, from);
      },
      leave: (follower) => followers.delete(follower) && !followers.size && drop(),
    };
    this.#proxies.set(channel, proxy);
    return proxy;
  }

  #drop({ member }: Proxy): void {
    this.#proxies.delete(member.channel);
    this.#desk.leave(member);
  }

  /** Follows by the leader; resolves with false where it does not follow for this page. */
  async #follow({ names, cursor, ask, onState }: Wish, link: Link): Promise<boolean> {
    // Asked as itself, a page gets to know what it may follow, where that is, and who it is.
    const polled = await ask({ ...link, cursor: cursor() });
    polled.events.forEach(link.emit);
    // How the connection is says its leader.
    link.emit({ event: "hello", data: { ...polled, state: "waiting" } });
    const { signal } = link;
    const from = `${Math.random()}`;
    const { user } = polled;
    const gone = new AbortController();
    return new Promise((resolve) => {
      let isTaken = false;
      let patience: unknown;
      const end = (isOver: boolean): void => {
        clearTimeout(patience as number);
        gone.abort();
        this.#isFollower = false;
        resolve(isOver);
      };
      const want = (): void => {
        isTaken = false;
        clearTimeout(patience as number);
        patience = setTimeout(() => end(false), PATIENCE);
        this.#notes.postMessage({ want: { from, names, cursor: cursor(), user } });
      };
      const hear = ({ data: note }: MessageEvent<Note>): void => {
        const { to, taken, heartbeat, leads, beat, channel, item, state } = note;
        if (leads) return want();
        if ((to && to !== from) || (channel && !names.includes(channel))) return;
        if (taken === false) return end(false);
        if (taken) {
          isTaken = true;
          clearTimeout(patience as number);
          link.emit({ event: "hello", data: { heartbeat, state: "waiting" } });
        }
        if (!isTaken) return;
        if (beat) link.alive();
        if (state) onState(state);
        if (item) link.emit(messageOf(item, channel!));
      };
      signal.addEventListener("abort", () => end(true));
      if (signal.aborted) return end(true);
      void navigator.locks.request(`${this.#key} ${from}`, () => {
        if (this.#resign) end(false);
        if (gone.signal.aborted) return;
        this.#isFollower = true;
        this.#notes.addEventListener("message", hear as (event: Event) => void, gone);
        want();
        return new Promise<void>((left) => gone.signal.addEventListener("abort", () => left()));
      });
    });
  }
}

interface Proxy {
  readonly member: Member;
  take(follower: string, from: string | undefined): void;
  leave(follower: string): unknown;
}

const messageOf = (item: Message | Gap, channel: string): Message =>
  "event" in item
    ? { channel, ...item }
    : { ...(item.id && { id: item.id }), event: "gap", data: item };
