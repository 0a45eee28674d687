import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { reported, settle } from "./dom.js";
import { Hub } from "./hub.js";
import type { Gap, State, Subscription } from "../src/api.js";
import { subscribe as open } from "../src/subscription.js";

let hub: Hub;
let mine: Subscription[] = [];
/** Subscribes until the test is over. */
const subscribe: typeof open = (...args) => {
  const made = open(...args);
  mine.push(made as Subscription);
  return made;
};

mock.timers.enable({ apis: ["Date"], now: 0 });
beforeEach(() => {
  hub = new Hub();
  // Two hours later, what was learned about transports is forgotten.
  mock.timers.setTime(Date.now() + 7_200_000);
  mock.method(Math, "random", () => 0);
});
afterEach(async () => {
  for (const one of mine.splice(0)) one.close();
  await settle();
  assert.equal(hub.connections.size, 0, "every connection is closed");
  assert.deepEqual(reported(), []);
});

/** Waits until something is so, which no fixed time has to do with. */
async function until(what: () => unknown): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!what()) {
    if (performance.now() > deadline) assert.fail(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
const channels = (): string[] => hub.requests.map(({ query }) => query.getAll("channel").join());

test("follows all channels of a page by one connection", async () => {
  const heard: unknown[] = [];
  for (const name of ["todos/7", "clicks", "clicks"]) {
    subscribe<number>(name, (data, { id, channel, event }) => heard.push([channel, id, event, data]));
  }
  await settle();
  assert.deepEqual(channels(), ["clicks,todos/7"]);
  hub.publish("todos/7", 1);
  hub.publish("clicks", 2);
  await settle();
  assert.deepEqual(heard, [
    ["todos/7", "epoch2.1", "message", 1],
    ["clicks", "epoch1.1", "message", 2],
    ["clicks", "epoch1.1", "message", 2],
  ]);
});

test("a stream of one channel is like one of several", async () => {
  const heard: unknown[] = [];
  const one = subscribe("todos/7", (data, message) => heard.push([data, message.channel, message.id]));
  await settle();
  hub.publish("todos/7", "a");
  await settle();
  assert.deepEqual(heard, [["a", "todos/7", "epoch1.1"]]);
  assert.equal(one.cursor, "epoch1.1");
});

test("takes channels in and out without loss", async () => {
  const [first, second]: unknown[][] = [[], []];
  subscribe("a", (data) => first!.push(data));
  await settle();
  hub.publish("a", 1, 2);
  await settle();
  const b = subscribe("b", (data) => second!.push(data));
  await Promise.resolve();
  hub.publish("a", 3);
  await settle();
  hub.publish("b", 1);
  b.close();
  await Promise.resolve();
  hub.publish("b", 2);
  hub.publish("a", 4);
  await settle();
  hub.publish("a", 5);
  await settle();
  assert.deepEqual([first, second], [[1, 2, 3, 4, 5], []]);
  assert.deepEqual(channels(), ["a", "a,b", "a"]);
  assert.deepEqual(
    hub.requests.map(({ query }) => query.get("cursor")),
    [null, "epoch1.2", "epoch1.3"],
  );
});

test("stays as it is where the channels stay the same", async () => {
  const one = subscribe("a", () => {});
  await settle();
  const two = subscribe("a", () => {});
  await settle();
  one.close();
  two.close();
  subscribe("a", () => {});
  await settle();
  assert.deepEqual(channels(), ["a"]);
});

test("goes on over broken connections, each message once", async () => {
  const heard: Record<string, unknown[]> = { a: [], b: [] };
  for (const name of ["a", "b"]) subscribe(name, (data) => heard[name]!.push(data));
  await until(() => hub.connections.size);
  for (let n = 1; n <= 9; n++) {
    hub.publish(n % 2 ? "a" : "b", n);
    if (n % 3 === 0) hub.cut();
    await settle();
  }
  await until(() => heard["a"]!.length + heard["b"]!.length >= 9);
  assert.deepEqual(heard, { a: [1, 3, 5, 7, 9], b: [2, 4, 6, 8] });
});

test("iterates messages until it is left", async () => {
  const numbers = subscribe<number>("a");
  await settle();
  hub.publish("a", 1, 2, 3);
  const got: number[] = [];
  for await (const { data } of numbers) {
    got.push(data);
    if (data === 2) break;
  }
  assert.deepEqual([got, numbers.reason, numbers.cursor], [[1, 2], "left", "epoch1.1"]);
  await settle();
  assert.equal(hub.connections.size, 0);
});

test("nothing is handed out after close", async () => {
  const heard: unknown[] = [];
  const one: Subscription = subscribe("a", (data) => {
    heard.push(data);
    one.close();
  });
  await settle();
  hub.publish("a", 1, 2);
  await settle();
  assert.deepEqual([heard, one.reason], [[1], "left"]);
});

test("is disposable", () => {
  const one = subscribe("a");
  one[Symbol.dispose]();
  assert.equal(one.reason, "left");
});

test("a signal ends it, with its reason for who iterates", async () => {
  const stop = new AbortController();
  const states: State[] = [];
  const { signal } = stop;
  const heard: unknown[] = [];
  subscribe("a", (data) => heard.push(data), { signal, onState: (state) => states.push(state) });
  const next = subscribe("a", undefined, { signal })[Symbol.asyncIterator]().next();
  await settle();
  hub.publish("b", 1);
  stop.abort(new Error("enough"));
  await assert.rejects(next, { message: "enough" });
  await settle();
  assert.deepEqual([heard, states], [[], ["waiting", "running", "cancelled"]]);
  assert.equal(subscribe("a", undefined, { signal }).reason, undefined);
  await settle();
  assert.equal(mine.at(-1)!.reason, "left");
  assert.deepEqual(channels(), ["a"]);
});

test("a loop that is too slow gets what it has room for, then the error", async () => {
  const numbers = subscribe<number>("a", undefined, { buffer: 2 });
  const got: number[] = [];
  await settle();
  hub.publish("a", 1, 2, 3);
  await settle();
  const read = async (): Promise<void> => {
    for await (const { data } of numbers) got.push(data);
  };
  await assert.rejects(read(), { kind: "overflow" });
  assert.deepEqual([got, numbers.reason], [[1, 2], "overflow"]);
});

test("begins where it is told, and tells nobody else twice", async () => {
  hub.publish("a", 1, 2, 3);
  const [first, second]: unknown[][] = [[], []];
  subscribe("a", (data) => first!.push(data), { cursor: "epoch1.2" });
  await settle();
  hub.publish("a", 4);
  await settle();
  subscribe("a", (data) => second!.push(data), { cursor: "epoch1.1" });
  await settle();
  hub.publish("a", 5);
  await settle();
  assert.deepEqual([first, second], [
    [3, 4, 5],
    [2, 3, 4, 5],
  ]);
});

test("a position that others have passed takes nothing from them", async () => {
  const heard: unknown[] = [];
  subscribe("a", (data) => heard.push(data));
  await settle();
  hub.publish("a", 1, 2);
  subscribe("a", () => {}, { cursor: "epoch1.2" });
  await settle();
  assert.deepEqual(heard, [1, 2]);
});

test("begins with so many of the newest messages, each as many as it asks for", async () => {
  const heard: Record<string, unknown[]> = { a: [], b: [], c: [] };
  for (const name of ["a", "b", "c"]) hub.publish(name, 1, 2, 3);
  subscribe("a", (data) => heard["a"]!.push(data), { history: 2 });
  subscribe("b", (data) => heard["b"]!.push(data));
  subscribe("c", (data) => heard["c"]!.push(data), { history: 1 });
  await settle();
  for (const name of ["a", "b", "c"]) hub.publish(name, 4);
  await settle();
  assert.deepEqual(heard, { a: [2, 3, 4], b: [4], c: [3, 4] });
});

test("the next message waits for the handler's promise, on its own channel", async () => {
  const heard: unknown[] = [];
  const gates: (() => void)[] = [];
  subscribe("a", (data) => {
    heard.push(data);
    return new Promise<void>((resolve) => gates.push(resolve));
  });
  subscribe("b", (data) => heard.push(data));
  await settle();
  hub.publish("a", "a1", "a2");
  hub.publish("b", "b1", "b2");
  await settle();
  assert.deepEqual(heard, ["a1", "b1", "b2"]);
  gates[0]!();
  await settle();
  assert.deepEqual(heard, ["a1", "b1", "b2", "a2"]);
});

test("an error of the handler is reported and ends nothing", async () => {
  const heard: unknown[] = [];
  subscribe<number>("a", async (data) => {
    heard.push(data);
    if (data === 2) await Promise.reject(new TypeError("later"));
    if (data === 1) throw new TypeError("at once");
  });
  await settle();
  hub.publish("a", 1, 2, 3);
  await settle();
  assert.deepEqual(heard, [1, 2, 3]);
  assert.deepEqual(reported().map(String), ["TypeError: at once", "TypeError: later"]);
});

/** Misses the messages 2 and 3 of a channel which says what to do then. */
async function miss(onGap: string, options: object = {}): Promise<unknown[]> {
  hub.log("a").onGap = onGap;
  const heard: unknown[] = [];
  subscribe("a", (data) => heard.push(data), options);
  await settle();
  hub.publish("a", 1);
  await settle();
  hub.fault = () => "refuse";
  hub.cut();
  hub.publish("a", 2, 3, 4);
  hub.trim("a", 1);
  hub.fault = () => undefined;
  await until(() => heard.includes(4));
  return heard;
}
const trimmed = (on_gap: string): Gap =>
  ({ id: "epoch1.3", channel: "a", from: 2, to: 4, reason: "trimmed", on_gap }) as Gap;

test("missed messages are reported, or told to who asks", async () => {
  assert.deepEqual(await miss("replay"), [1, 4]);
  assert.deepEqual(reported().map(({ kind, detail }) => [kind, detail]), [["gap", "trimmed"]]);
});

test("missed messages are told to who asks", async () => {
  const gaps: Gap[] = [];
  await miss("replay", { onGap: (gap: Gap) => gaps.push(gap) });
  assert.deepEqual(gaps, [trimmed("replay")]);
});

test("missed messages that do not matter are told to who asks only", async () => {
  assert.deepEqual(await miss("ignore"), [1, 4]);
});

test("a snapshot makes up for missed messages before anything newer", async () => {
  const heard: unknown[] = [];
  const gaps: Gap[] = [];
  let ready = (): void => {};
  hub.log("a").onGap = "snapshot";
  subscribe("a", (data) => heard.push(data), {
    snapshot(gap) {
      gaps.push(gap);
      return new Promise<void>((resolve) => (ready = resolve)).then(() => heard.push("snapshot"));
    },
  });
  await settle();
  hub.publish("a", 1);
  await settle();
  hub.cut();
  hub.publish("a", 2, 3, 4);
  hub.trim("a", 1);
  await until(() => gaps.length);
  hub.publish("a", 5);
  await settle();
  assert.deepEqual([heard, gaps], [[1], [trimmed("snapshot")]]);
  ready();
  await settle();
  assert.deepEqual(heard, [1, "snapshot", 4, 5]);
});

test("a snapshot that fails is reported, and one that is not there", async () => {
  const snapshot = (): void => {
    throw new TypeError("offline");
  };
  assert.deepEqual(await miss("snapshot", { snapshot }), [1, 4]);
  assert.deepEqual(reported().map(String), ["TypeError: offline"]);
});

test("a snapshot that nobody can make is a gap", async () => {
  await miss("snapshot");
  assert.deepEqual(reported().map(({ kind }) => kind), ["gap"]);
});

test("a page is loaded anew where the channel says so", async () => {
  const reload = mock.method(location, "reload", () => {});
  await miss("reload");
  assert.equal(reload.mock.callCount(), 1);
});

test("a log that began anew is a gap of its channel only", async () => {
  const heard: Record<string, unknown[]> = { a: [], b: [] };
  const gaps: string[] = [];
  for (const name of ["a", "b"]) {
    const onGap = ({ reason }: Gap): void => void gaps.push(`${name}: ${reason}`);
    subscribe(name, (data) => heard[name]!.push(data), { onGap });
  }
  await settle();
  hub.publish("a", 1);
  hub.publish("b", 1);
  await settle();
  hub.restart("a");
  hub.publish("a", "new");
  hub.cut();
  await until(() => heard["a"]!.length > 1);
  assert.deepEqual([heard, gaps], [{ a: [1, "new"], b: [1] }, ["a: epoch"]]);
});

test("a channel that is closed ends its subscriptions, and no others", async () => {
  const heard: unknown[] = [];
  const states: State[] = [];
  const a = subscribe("a", undefined, { onState: (state) => states.push(state) });
  const b = subscribe("b", (data) => heard.push(data));
  const c = subscribe("c", () => {});
  await settle();
  hub.publish("a", 1);
  hub.close("a");
  hub.close("c", "revoked");
  hub.publish("b", 1);
  const got: unknown[] = [];
  for await (const { data } of a) got.push(data);
  await settle();
  hub.publish("b", 2);
  await settle();
  assert.deepEqual([got, heard], [[1], [1, 2]]);
  assert.deepEqual([a.reason, b.reason, c.reason], ["closed", undefined, "revoked"]);
  assert.deepEqual(states, ["waiting", "running", "done"]);
  assert.deepEqual(channels(), ["a,b,c", "b"]);
});

test("a refusal ends what is refused, and nothing else", async () => {
  hub.refused.set("secret", 403).set("nope", 404);
  const heard: unknown[] = [];
  const ok = subscribe("ok", (data) => heard.push(data));
  const secret = subscribe("secret");
  const nope = subscribe("nope", () => {});
  await assert.rejects(secret[Symbol.asyncIterator]().next(), {
    kind: "refused",
    status: 403,
    detail: "not for you: secret",
  });
  await until(() => hub.connections.size);
  hub.publish("ok", 1);
  await settle();
  assert.deepEqual(heard, [1]);
  assert.deepEqual([ok.reason, secret.reason, nope.reason], [undefined, "refused", "refused"]);
  assert.deepEqual(reported().map(({ detail }) => detail), ["not for you: nope"]);
});

test("may be followed again when it was refused", async () => {
  hub.refused.set("a", 403);
  const heard: unknown[] = [];
  let again: Subscription | undefined;
  subscribe("a", () => {}, {
    onState(state) {
      if (state !== "failed") return;
      hub.refused.clear();
      again = subscribe("a", (data) => heard.push(data));
    },
  });
  await until(() => hub.connections.size);
  hub.publish("a", 1);
  await settle();
  assert.deepEqual([heard, again!.reason], [[1], undefined]);
  assert.equal(reported().length, 1);
});

test("waits for a server that is away", async () => {
  hub.refused.set("a", 503);
  hub.log("b");
  const heard: unknown[] = [];
  subscribe("a", (data) => heard.push(data));
  await until(() => hub.requests.length > 4);
  hub.refused.clear();
  await until(() => hub.connections.size);
  hub.publish("a", 1);
  await settle();
  assert.deepEqual(heard, [1]);
});

test("does not take a proxy's page for an end", async () => {
  hub.fault = () => "page";
  const heard: unknown[] = [];
  const a = subscribe("a", (data) => heard.push(data));
  await until(() => hub.requests.length > 4);
  hub.fault = () => undefined;
  await until(() => hub.connections.size);
  hub.publish("a", 1);
  await settle();
  assert.deepEqual([heard, a.reason], [[1], undefined]);
});

test("channels may be called like messages of the stream", async () => {
  const heard: unknown[] = [];
  const names = ["bye", "done", "error", "gap", "message", "open"];
  for (const name of names) subscribe(name, (data) => heard.push([name, data]));
  await settle();
  for (const name of names) hub.publish(name, 1);
  await settle();
  assert.deepEqual(heard, names.map((name) => [name, 1]));
});

test("names go escaped, as they come back", async () => {
  const heard: unknown[] = [];
  const one = subscribe("räume/a b", (data) => heard.push(data));
  subscribe("b", () => {});
  await settle();
  hub.publish("r%C3%A4ume/a%20b", 1);
  await settle();
  assert.deepEqual([heard, one.channel], [[1], "r%C3%A4ume/a%20b"]);
});

test("the page follows 64 channels, and says so of the next one", async () => {
  const all = Array.from({ length: 64 }, (_, index) => subscribe(`c${index}`));
  const extra = subscribe("extra");
  await assert.rejects(extra[Symbol.asyncIterator]().next(), { kind: "refused" });
  await settle();
  assert.ok(all.every(({ reason }) => reason === undefined));
  assert.deepEqual(hub.requests.map(({ query }) => query.getAll("channel").length), [64]);
});

test("who has missed nothing is told of no gap", async () => {
  const gaps: string[] = [];
  const heard: Record<string, unknown[]> = { new: [], old: [] };
  hub.publish("a", 1);
  const onGap =
    (who: string) =>
    ({ from, to }: Gap): void =>
      void gaps.push(`${who}: ${from}-${to}`);
  subscribe("a", (data) => heard["new"]!.push(data), { onGap: onGap("new") });
  await settle();
  hub.publish("a", 2, 3);
  await settle();
  hub.trim("a", 1);
  subscribe("a", (data) => heard["old"]!.push(data), { cursor: "epoch1.1", onGap: onGap("old") });
  await settle();
  hub.publish("a", 4);
  await settle();
  assert.deepEqual([heard, gaps], [{ new: [2, 3, 4], old: [3, 4] }, ["old: 2-3"]]);
});
