import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { $, html, reported, settle } from "./dom.js";
import { done, json, problem, requests, serve } from "./server.js";
import { Peer, sockets, way } from "./socket.js";
import { until } from "./until.js";
import type { Subscription } from "../src/api.js";
import { call } from "../src/call.js";
import { config } from "../src/config.js";
import { subscribe as follow } from "../src/subscription.js";

config.transport = "websocket";
config.share = false;
mock.timers.enable({ apis: ["Date"], now: 0 });
const mine: Subscription[] = [];
const heard: unknown[] = [];
const subscribe = (name: string, options = {}): Subscription => {
  const made = follow(name, (data) => void heard.push([name, data]), options);
  mine.push(made);
  return made;
};
const last = (): Peer => sockets.at(-1)!;
const said = (channel: string, id: string, data: unknown): object => ({ id, channel, event: "message", data });

beforeEach(() => {
  mock.timers.setTime(Date.now() + 7_200_000);
  mock.method(Math, "random", () => 0);
  way.isOpen = true;
  sockets.length = heard.length = 0;
  serve();
});
afterEach(async () => {
  for (const one of mine.splice(0)) one.close();
  for (const one of sockets) one.ends(1006);
  await settle();
  assert.deepEqual(reported(), []);
});

/** A connection on which `a` has begun at its position 1. */
async function open(): Promise<Peer> {
  subscribe("a");
  await until(() => last()?.readyState === 1);
  last().greets("x.1", "a");
  await settle();
  return last();
}

test("follows by one connection, which takes up and leaves channels as they are wanted", async () => {
  const peer = await open();
  assert.deepEqual([peer.protocol, peer.url.protocol, peer.url.pathname], ["comet.v1", "ws:", "/app/comet/events"]);
  assert.deepEqual(peer.url.searchParams.getAll("channel"), ["a"]);
  const b = subscribe("b", { history: 2 });
  peer.says(said("a", "x.2", 2));
  await settle();
  assert.deepEqual(peer.heard, [{ subscribe: ["b"], history: 2 }]);
  peer.says(said("a", "x.3", 3));
  peer.greets("x.3~y.7", "a", "b");
  peer.says(said("b", "x.3~y.8", 8), said("a", "x.4~y.8", 4));
  await settle();
  b.close();
  await settle();
  assert.deepEqual(peer.heard.slice(1), [{ unsubscribe: ["b"] }]);
  peer.says(said("b", "x.4~y.9", 9), said("a", "x.5~y.9", 5));
  peer.greets("x.5", "a");
  peer.says(said("a", "x.6", 6));
  await settle();
  assert.deepEqual(heard, [["a", 2], ["a", 3], ["b", 8], ["a", 4], ["a", 5], ["a", 6]]);
  assert.deepEqual([mine[0]!.cursor, sockets.length], ["x.6", 1]);
});

test("comes back by another connection before the server refuses more changes", async () => {
  const peer = await open();
  const names = Array.from({ length: 9 }, (_, n) => `b${n}`);
  for (const name of names) {
    subscribe(name);
    await settle();
  }
  assert.equal(peer.heard.length, 15);
  await until(() => sockets.length > 1 && last().readyState === 1);
  assert.deepEqual(last().url.searchParams.getAll("channel"), ["a", ...names].sort());
  assert.equal(last().url.searchParams.get("cursor"), "x.1");
});

test("ids are read in the order that the server has the channels in", async () => {
  const peer = await open();
  subscribe("0");
  await settle();
  peer.greets("x.1~y.1", "a", "0");
  peer.says(said("0", "x.1~y.2", 2), said("a", "x.2~y.2", 2));
  await settle();
  assert.deepEqual(mine.map(({ cursor }) => cursor), ["x.2", "y.2"]);
  peer.ends(1006);
  await until(() => sockets.length === 2);
  assert.equal(last().url.searchParams.get("cursor"), "y.2~x.2");
});

test("a channel that is wanted from further back is taken up anew, and what is under way of it is not heard", async () => {
  const peer = await open();
  peer.says(said("a", "x.2", 2));
  subscribe("a", { cursor: "x.0" });
  await settle();
  assert.deepEqual(peer.heard, [{ unsubscribe: ["a"] }, { subscribe: ["a"], history: 0, cursor: "x.0" }]);
  peer.says(said("a", "x.3", 3));
  peer.greets("");
  peer.greets("x.0", "a");
  peer.says(said("a", "x.1", 1), said("a", "x.2", 2), said("a", "x.3", 3));
  await settle();
  assert.deepEqual(heard.map((one) => (one as number[])[1]).sort(), [1, 2, 2, 3, 3]);
});

test("comes back by the position reached when it broke, and when the server was too slow or goes away", async () => {
  let peer = await open();
  for (const [at, end] of [
    [2, () => peer.ends(1006)],
    [3, () => peer.ends(1013)],
    [4, () => (peer.says({ event: "bye", data: { after: 1 } }), peer.ends(1001))],
  ] as const) {
    peer.says(said("a", `x.${at}`, at));
    const before = sockets.length;
    end();
    await until(() => sockets.length > before && last().readyState === 1);
    peer = last();
    assert.equal(peer.url.searchParams.get("cursor"), `x.${at}`);
    peer.greets(`x.${at}`, "a");
    await settle();
  }
  assert.equal(requests.length, 0);
});

test("a channel that is refused ends, and the others go on", async () => {
  const peer = await open();
  const refused = subscribe("secret");
  await settle();
  peer.greets("x.1", "a");
  const no = { title: "Forbidden", status: 403, detail: "not for you" };
  peer.says({ event: "closed", data: { channel: "secret", reason: "refused", problem: no } });
  await settle();
  assert.equal(refused.reason, "refused");
  assert.deepEqual(reported().map(({ detail }) => detail), ["not for you"]);
  peer.says(said("a", "x.2", 2));
  await settle();
  assert.deepEqual([heard, sockets.length], [[["a", 2]], 1]);
});

test("does not come back where the server says so", async () => {
  serve(json({ events: [], cursor: "" }));
  const peer = await open();
  peer.says({ id: "done", event: "error", data: { title: "Bad Request", status: 400, detail: "too long" } });
  peer.ends(1008);
  await settle();
  assert.deepEqual(reported().map(({ detail }) => detail), ["too long"]);
  assert.deepEqual([mine[0]!.reason, sockets.length], ["refused", 1]);
});

test("goes on by server-sent events where a proxy lets no WebSocket through", async () => {
  way.isOpen = false;
  const sources: string[] = [];
  class Source {
    constructor(url: URL) {
      sources.push(url.pathname);
    }
    addEventListener(): void {}
    close(): void {}
  }
  Object.assign(globalThis, { EventSource: Source });
  serve(json({ events: [], cursor: "x.1" }));
  subscribe("a");
  await until(() => sources.length);
  assert.deepEqual([sources, sockets.length], [["/app/comet/events"], 1]);
});

test("a server that is away is asked again", async () => {
  way.isOpen = false;
  serve(new TypeError("no network"));
  subscribe("a");
  await until(() => requests.length);
  way.isOpen = true;
  await until(() => sockets.length === 2);
});

test("calls go over the connection: commands, messages and the value", async () => {
  const peer = await open();
  html('<p id="t"></p>');
  const messages: unknown[] = [];
  const value = call("draw", { x: 1 }, { onMessage: ({ data }) => messages.push(data) });
  await until(() => peer.heard.length);
  const { id } = peer.heard[0]!;
  assert.deepEqual(peer.heard, [{ call: "draw", args: { x: 1 }, id }]);
  const command = { type: "text", selector: "#t", text: "drawn" };
  peer.says({ call: id, event: "page", data: [command] }, { call: id, event: "quote", data: 5 });
  peer.says(said("a", "x.2", 2), { call: id, ...done({ rows: 7 }) });
  assert.deepEqual(await value, { rows: 7 });
  assert.deepEqual([$("#t").textContent, messages, heard], ["drawn", [5], [["a", 2]]]);
  assert.deepEqual([peer.heard.length, requests.length], [1, 0]);
});

test("a call is refused, fails, is cancelled and is cut as by any other way", async () => {
  const peer = await open();
  const stop = new AbortController();
  const calls = [call("a"), call("b"), call("c", [], { signal: stop.signal }), call("d")];
  await until(() => peer.heard.length === 4);
  const ids = peer.heard.map(({ id }) => id as string);
  const error = { id: "done", event: "error", data: { title: "No", status: 400, detail: "no such" } };
  peer.says({ call: ids[0], ...error }, { call: ids[1], event: "tick", data: 1 }, { call: ids[1], ...error });
  await assert.rejects(calls[0]!, { kind: "refused", status: 400, detail: "no such" });
  await assert.rejects(calls[1]!, { kind: "failed", status: 400, detail: "no such" });
  stop.abort(new Error("enough"));
  await assert.rejects(calls[2]!, { message: "enough" });
  assert.deepEqual(peer.heard.slice(4), [{ cancel: ids[2] }]);
  peer.ends(1006);
  await assert.rejects(calls[3]!, { kind: "cut" });
});

test("a run that can be resumed is taken up over the next connection", async () => {
  const peer = await open();
  const value = call("import");
  await until(() => peer.heard.length);
  const { id } = peer.heard[0]!;
  peer.says({ call: id, event: "hello", data: { cursor: "r.0", heartbeat: 15_000, resume: 30_000 } });
  peer.says({ call: id, id: "r.1", event: "tick", data: 1 });
  serve(json("by fetch"));
  peer.ends(1006);
  assert.equal(await value, "by fetch");
  assert.equal(requests[0]!.url.searchParams.get("cursor"), "r.1");
});

test("goes by fetch with files, what is long, and the seventeenth", async () => {
  const peer = await open();
  serve(json(1), json(2), json(3));
  assert.equal(await call("save", new FormData()), 1);
  assert.equal(await call("save", ["x".repeat(20_000)]), 2);
  const calls = Array.from({ length: 16 }, () => call("wait"));
  await until(() => peer.heard.length === 16);
  assert.equal(await call("wait"), 3);
  for (const { id } of peer.heard) peer.says({ call: id, ...done() });
  await Promise.all(calls);
});

test("a call that wants a token gets one, and a connection that shows its cookie", async () => {
  const peer = await open();
  serve(json({ token: "one" }), json("saved"));
  const value = call("save");
  await until(() => peer.heard.length);
  const { id } = peer.heard[0]!;
  const missing = problem(403, "the request has no X-Comet-Csrf header");
  peer.says({ call: id, id: "done", event: "error", data: await missing.json() });
  assert.equal(await value, "saved");
  assert.equal(requests[1]!.headers.get("x-comet-csrf"), "one");
  await until(() => sockets.length === 2 && last().readyState === 1);
  const again = call("save");
  await until(() => last().heard.length);
  assert.equal(last().heard[0]!["csrf"], "one");
  last().says({ call: last().heard[0]!["id"], ...done("again") });
  assert.equal(await again, "again");
});

test("what is called may end when the server goes away", async () => {
  const peer = await open();
  const value = call("slow");
  await until(() => peer.heard.length);
  peer.says({ event: "bye", data: { after: 1 } });
  await until(() => sockets.length === 2);
  assert.equal(peer.readyState, 1);
  peer.says({ call: peer.heard[0]!["id"], ...done("end") });
  assert.equal(await value, "end");
  await settle();
  assert.equal(peer.readyState, 3);
});
