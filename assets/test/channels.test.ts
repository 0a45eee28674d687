import assert from "node:assert/strict";
import { test } from "node:test";
import { reported, settle } from "./dom.js";
import { channels, hub, subscribe, until } from "./following.js";
import type { State, Subscription } from "../src/api.js";

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

test("says that it runs again after a break", async () => {
  const states: State[] = [];
  subscribe("a", () => {}, { onState: (state) => states.push(state) });
  await settle();
  hub.publish("a", 1);
  await settle();
  hub.cut();
  await until(() => hub.connections.size);
  assert.deepEqual(states, ["waiting", "running", "waiting", "running"]);
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
