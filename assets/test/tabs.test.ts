/** Several pages in one process: each has its own `Tabs`, and a connection to a server that is not there. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { settle } from "./dom.js";
import { until } from "./until.js";
import type { Gap, Message, State } from "../src/api.js";
import type { Member } from "../src/channels.js";
import type { Hello, Link } from "../src/follow.js";
import { today } from "../src/day.js";
import { Tabs } from "../src/tabs.js";

/** The browser's locks. */
const locks = {
  held: new Set<string>(),
  queue: [] as { name: string; take: () => void }[],
  async request(name: string, ...rest: unknown[]): Promise<void> {
    const run = rest.pop() as (lock: object | null) => unknown;
    const { ifAvailable, signal } = (rest[0] ?? {}) as { ifAvailable?: boolean; signal?: AbortSignal };
    await Promise.resolve();
    if (this.held.has(name)) {
      if (ifAvailable) return void (await run(null));
      await new Promise<void>((take, reject) => {
        this.queue.push({ name, take });
        signal?.addEventListener("abort", () => {
          this.queue = this.queue.filter((one) => one.take !== take);
          reject(signal.reason as Error);
        });
      });
    }
    this.held.add(name);
    await run({});
    this.free(name);
  },
  free(name: string): void {
    this.held.delete(name);
    const next = this.queue.findIndex((one) => one.name === name);
    if (next >= 0) this.queue.splice(next, 1)[0]!.take();
  },
};
Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });

let app = 0;
/** A page's place among the tabs, which follows `a`. */
class Page {
  user: string | undefined = "ann";
  position = "e.0";
  /** How its own connection is. */
  state: State = "running";
  readonly heard: unknown[] = [];
  readonly states: State[] = [];
  readonly members = new Set<Member>();
  readonly joined: (string | undefined)[] = [];
  /** The page's own connection, while there is one. */
  own: Link | undefined;
  opened = 0;
  readonly stop = new AbortController();
  readonly tabs: Tabs;

  constructor(user: string | undefined = "ann") {
    this.user = user;
    this.tabs = new Tabs({
      app: `app${app}`,
      today,
      join: (member, from) => {
        this.members.add(member);
        this.joined.push(from);
        member.onState(this.state);
      },
      leave: (member) => void this.members.delete(member),
      isNeeded: () => !this.stop.signal.aborted,
    });
    pages.push(this);
    void this.#run();
  }

  async #run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      const controller = new AbortController();
      const cut = (): void => controller.abort();
      for (const signal of [this.stop.signal, await today()]) signal.addEventListener("abort", cut);
      const emit = (message: Message): void => {
        if (message.event === "bye") return cut();
        if (message.event === "hello") this.states.push((message.data as Hello).state ?? "running");
        else this.heard.push(message.event === "message" ? message.data : message.event);
        this.position = message.id ?? this.position;
      };
      const link: Link = { cursor: undefined, signal: controller.signal, alive() {}, cut, emit };
      await this.tabs.open(
        {
          names: ["a"],
          cursor: () => this.position,
          alone: (own) => this.#connect(own),
          ask: async () => ({ events: [], cursor: this.position, ...(this.user && { user: this.user }) }),
          onState: (state) => this.states.push(state),
        },
        link,
      );
    }
  }

  #connect(own: Link): Promise<void> {
    this.own = own;
    this.opened += 1;
    own.emit({ event: "hello", data: { cursor: this.position, user: this.user, heartbeat: 4000 } });
    return new Promise((resolve) =>
      own.signal.addEventListener("abort", () => {
        this.own = undefined;
        resolve();
      }),
    );
  }

  /** What comes of `a` by this page's connection. */
  hears(item: Message | Gap): void {
    this.own!.emit("event" in item ? item : { event: "gap", data: item });
    for (const member of this.members) member.take(item);
  }

  /** The page is gone, as after a crash: it does nothing more, and the browser frees its locks. */
  leave(): void {
    this.stop.abort();
    this.tabs.rest();
  }
}
const pages: Page[] = [];
const say = (n: number): Message => ({ id: `e.${n}`, channel: "a", event: "message", data: n });

/** A page that leads, and so many that follow. */
async function open(count: number): Promise<[Page, ...Page[]]> {
  const leader = new Page();
  await until(() => leader.own);
  const others = Array.from({ length: count }, () => new Page());
  await until(() => leader.joined.length >= count);
  await settle();
  return [leader, ...others];
}
afterEach(async () => {
  for (const page of pages.splice(0)) page.leave();
  await settle();
  app += 1;
});

test("one page follows for all, from where each of them is", async () => {
  const [leader, one, two] = await open(2);
  leader.hears(say(1));
  await until(() => one!.heard.length && two!.heard.length);
  assert.deepEqual([one!.heard, two!.heard], [[1], [1]]);
  assert.deepEqual([one!.opened, two!.opened], [0, 0]);
  assert.deepEqual(leader.joined, ["e.0", "e.0"]);
});

test("gaps, states and ends go to all as well", async () => {
  const [leader, one] = await open(1);
  const [proxy] = leader.members;
  leader.hears({ id: "e.4", channel: "a", from: 1, to: 5, reason: "trimmed", on_gap: "replay" });
  proxy!.onState("waiting");
  proxy!.end(undefined, "closed");
  await until(() => one!.heard.length > 1);
  assert.deepEqual([one!.heard, one!.states.slice(-2)], [["gap", "closed"], ["running", "waiting"]]);
  assert.equal(leader.members.size, 0);
});

test("a page that follows is as its leader is", async () => {
  const [leader] = await open(0);
  leader.state = "waiting";
  const one = new Page();
  await until(() => leader.joined.length);
  await settle();
  assert.deepEqual(new Set(one.states), new Set(["waiting"]));
  for (const member of leader.members) member.onState("running");
  await until(() => one.states.at(-1) === "running");
});

test("another page leads when the leader is gone, and goes on where it was", async () => {
  const [leader, one, two] = await open(2);
  leader.hears(say(1));
  await until(() => one!.heard.length && two!.heard.length);
  leader.leave();
  await until(() => one!.own);
  await until(() => one!.joined.length);
  await settle();
  one!.hears(say(2));
  await until(() => two!.heard.length > 1);
  assert.deepEqual([one!.heard, two!.heard, two!.opened], [[1, 2], [1, 2], 0]);
  assert.deepEqual(one!.joined, ["e.1"]);
});

test("a page of another user follows by itself", async () => {
  const [leader] = await open(0);
  const bob = new Page("bob");
  await until(() => bob.own);
  const stranger = new Page("");
  await until(() => stranger.own);
  leader.hears(say(1));
  await settle();
  assert.deepEqual([bob.heard, stranger.heard, leader.members.size], [[], [], 0]);
});

test("a leader that has become somebody else follows for nobody of before", async () => {
  const [leader, one] = await open(1);
  leader.user = "bob";
  leader.own!.cut();
  await until(() => one!.own);
  assert.equal(leader.members.size, 0);
  leader.hears(say(1));
  await settle();
  assert.deepEqual(one!.heard, []);
});

test("what nobody follows any longer is not followed for them", async () => {
  const [leader, one, two] = await open(2);
  one!.leave();
  await settle();
  assert.equal(leader.members.size, 1);
  two!.leave();
  await until(() => !leader.members.size);
});

test("a channel that the leader may not follow is followed by who may", async () => {
  const [leader, one] = await open(1);
  const [proxy] = leader.members;
  proxy!.end(new Error("refused"));
  await until(() => one!.own);
  assert.equal(leader.members.size, 0);
});

test("a frozen page leads no longer, and waits for no lock", async () => {
  const [leader, one] = await open(1);
  document.dispatchEvent(new Event("freeze"));
  await settle();
  assert.deepEqual([leader.own, one!.own], [undefined, undefined]);
  assert.deepEqual([...locks.held], []);
  assert.deepEqual(locks.queue, []);
  document.dispatchEvent(new Event("resume"));
  await until(() => leader.own || one!.own);
});
