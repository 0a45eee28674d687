import assert from "node:assert/strict";
import { test } from "node:test";
import { reported, settle } from "./dom.js";
import { config } from "../src/config.js";
import { channels, hub, subscribe, until } from "./following.js";
import { CometError } from "../src/errors.js";
import type { State, Subscription } from "../src/api.js";

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
  const late = subscribe("a", undefined, { signal });
  await settle();
  assert.equal(late.reason, "left");
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

test("R-12 each handler of a channel hears a message once, and the last that leaves ends it", async () => {
  const heard: string[] = [];
  const hears = (who: string) => (data: unknown) => heard.push(`${who} ${data}`);
  const [one, two] = [hears("one"), hears("two")];
  // The second is there twice: two subscriptions of it, neither of which ends the other.
  const all = [subscribe("a", one), subscribe("a", two), subscribe("a", two)];
  await settle();
  hub.publish("a", 1);
  await settle();
  assert.deepEqual(heard.splice(0), ["one 1", "two 1", "two 1"]);
  all[1]!.close();
  all[1]!.close();
  await settle();
  hub.publish("a", 2);
  await settle();
  assert.deepEqual(heard.splice(0), ["one 2", "two 2"]);
  assert.equal(hub.connections.size, 1, "there is somebody left");
  all[2]!.close();
  all[0]!.close();
  await settle();
  assert.deepEqual([hub.connections.size, channels()], [0, ["a"]]);
});

test("R-13 a page asks for channels in its own way, and begins where its data ends", async (t) => {
  t.after(() => delete config.onSubscribe);
  hub.publish("a", 1, 2, 3);
  const asked: string[][] = [];
  config.onSubscribe = async (fresh) => {
    asked.push([...fresh]);
    await Promise.resolve();
    if (fresh.includes("a")) return { a: "epoch1.2" };
  };
  const heard: unknown[] = [];
  subscribe("a", (data) => heard.push(data));
  const b = subscribe("b", (data) => heard.push(data));
  await until(() => heard.length === 1);
  hub.publish("b", "b1");
  hub.cut();
  await until(() => heard.length === 2);
  assert.deepEqual(heard, [3, "b1"]);
  subscribe("c");
  await settle();
  b.close();
  await settle();
  subscribe("b");
  await settle();
  assert.deepEqual(asked, [["a", "b"], ["c"], ["b"]], "once for each that is not followed yet");
});

test("R-13 nothing is followed before the page's own way has led to an answer", async (t) => {
  t.after(() => delete config.onSubscribe);
  let attempts = 0;
  config.onSubscribe = async () => {
    assert.equal(hub.requests.length, 0);
    if (++attempts < 3) throw new TypeError("out of reach");
  };
  const states: State[] = [];
  subscribe("a", undefined, { onState: (state) => states.push(state) });
  await until(() => states.includes("running"));
  assert.deepEqual([attempts, channels()], [3, ["a"]]);
  config.onSubscribe = async () => {
    throw new CometError("refused", { title: "no", status: 403 });
  };
  const refused = subscribe("z");
  await until(() => !!refused.reason);
  assert.deepEqual([refused.reason, hub.connections.size], ["refused", 0]);
});
