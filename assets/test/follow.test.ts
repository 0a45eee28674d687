import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { settle } from "./dom.js";
import type { Gap, Message, State } from "../src/api.js";
import { CometError } from "../src/errors.js";
import { follow, type Link } from "../src/follow.js";

type Connection = (link: Link) => unknown;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  mock.method(Math, "random", () => 1);
});

/** Follows a stream whose connections go as told; the last one stays open. */
function run(options: { repeatable?: boolean }, ...connections: Connection[]) {
  const heard: unknown[] = [];
  const gaps: Gap[] = [];
  const states: State[] = [];
  const cursors: (string | undefined)[] = [];
  const stop = new AbortController();
  const result = follow({
    repeatable: false,
    ...options,
    signal: stop.signal,
    async open(link) {
      cursors.push(link.cursor);
      const connection = connections.shift();
      if (connection) return connection(link);
      return new Promise((resolve) => link.signal.addEventListener("abort", resolve));
    },
    onMessage: ({ data }: Message) => heard.push(data),
    onGap: (gap) => gaps.push(gap),
    onState: (state) => states.push(state),
  });
  result.catch(() => {});
  return { result, heard, gaps, states, cursors, stop };
}

const hello = (cursor: string, more: object = {}): Message => ({
  event: "hello",
  data: { cursor, heartbeat: 10_000, ...more },
});
const tick = (n: number): Message => ({ id: `e.${n}`, event: "message", data: n });
const done: Message = { id: "done", event: "done", data: "value" };
const says =
  (...messages: Message[]): Connection =>
  ({ emit }) =>
    messages.forEach(emit);
const refuses =
  (status: number, after = 0): Connection =>
  () => {
    throw new CometError("refused", { status }, after);
  };

/** Lets so much time pass, in small steps, so that what a timer starts sees the time it fired at. */
async function pass(ms: number): Promise<void> {
  await settle();
  for (let left = ms; left > 0; left -= 100) {
    mock.timers.tick(Math.min(left, 100));
    await settle();
  }
}

test("resolves with the handler's value", async () => {
  const { result, heard, states } = run({}, says(hello("e.0"), tick(1), tick(2), done));
  assert.equal(await result, "value");
  assert.deepEqual([heard, states], [[1, 2], ["running"]]);
});

test("rejects with the handler's error, and never asks again", async () => {
  const failed: Message = { id: "done", event: "error", data: { status: 409, detail: "taken" } };
  const { result, cursors } = run({ repeatable: true }, says(hello("e.0"), failed));
  await assert.rejects(result, { kind: "failed", status: 409, detail: "taken" });
  assert.equal(cursors.length, 1);
});

test("a call that cannot be resumed is over when it is cut", async () => {
  const { result, cursors } = run({}, says(hello("e.0"), tick(1)));
  await assert.rejects(result, { kind: "cut", status: 0 });
  assert.equal(cursors.length, 1);
});

test("a call is never run twice when the server could not be reached", async () => {
  const { result, cursors } = run({}, () => Promise.reject(new TypeError("no network")));
  await assert.rejects(result, { kind: "cut", detail: "TypeError: no network" });
  assert.equal(cursors.length, 1);
});

test("goes on where it was cut, and drops what comes twice", async () => {
  const resume = { resume: 30_000 };
  const { result, heard, cursors, states } = run(
    {},
    says(hello("e.0", resume), tick(1), tick(2)),
    refuses(503),
    says(hello("e.2", resume), tick(2), tick(3), done),
  );
  await pass(2000);
  assert.equal(await result, "value");
  assert.deepEqual(heard, [1, 2, 3]);
  assert.deepEqual(cursors, [undefined, "e.2", "e.2"]);
  assert.deepEqual(states, ["running", "waiting", "waiting", "running"]);
});

test("goes on from the greeting's position when nothing else came", async () => {
  const { cursors } = run({ repeatable: true }, says(hello("e.5")));
  await pass(300);
  assert.deepEqual(cursors, [undefined, "e.5"]);
});

test("gives a run up when it can no longer be resumed", async () => {
  const away: Connection = () => Promise.reject(new TypeError("no network"));
  const { result, cursors } = run({}, says(hello("e.0", { resume: 2000 })), ...Array(9).fill(away));
  await pass(10_000);
  await assert.rejects(result, { kind: "cut" });
  assert.equal(cursors.length, 4, "tried again after 300, 900 and 2100 ms");
});

test("waits as long as the server asks", async () => {
  const bye: Message = { event: "bye", data: { after: 5000 } };
  const { cursors } = run({ repeatable: true }, says(hello("e.0"), bye, tick(9)), refuses(429, 7000));
  await pass(4999);
  assert.equal(cursors.length, 1);
  await pass(1);
  assert.deepEqual(cursors, [undefined, "e.0"]);
  await pass(6999);
  assert.equal(cursors.length, 2);
  await pass(1);
  assert.equal(cursors.length, 3);
});

test("a refusal is final when asking again would not help", async () => {
  for (const status of [400, 401, 403, 404]) {
    const { result } = run({ repeatable: true }, says(hello("e.0")), refuses(status));
    await pass(300);
    await assert.rejects(result, { kind: "refused", status });
  }
  for (const status of [408, 429, 500, 502, 503, 504]) {
    const { cursors, stop } = run({ repeatable: true }, says(hello("e.0")), refuses(status));
    await pass(3000);
    assert.equal(cursors.length, 3);
    stop.abort();
  }
});

test("starts events anew, with a gap, when their position is gone", async () => {
  const { cursors, gaps } = run({ repeatable: true }, says(hello("e.0"), tick(1)), refuses(410));
  await pass(300);
  assert.deepEqual(cursors, [undefined, "e.1", undefined]);
  assert.deepEqual(gaps, [{ reason: "gone" }]);
  const call = run({}, says(hello("e.0", { resume: 9000 })), refuses(410));
  await pass(300);
  await assert.rejects(call.result, { status: 410 });
});

test("cuts a connection that is silent for 2.3 heartbeats", async () => {
  const silent: Connection = ({ emit, signal }) => {
    emit(hello("e.0"));
    return new Promise((resolve) => signal.addEventListener("abort", resolve));
  };
  const { cursors, states } = run({ repeatable: true }, silent);
  await pass(23_000);
  assert.deepEqual(states, ["running"]);
  await pass(3000);
  assert.deepEqual(cursors, [undefined, "e.0"]);
});

test("a heartbeat keeps a silent connection", async () => {
  let beat = (): void => {};
  const { cursors } = run({ repeatable: true }, ({ emit, signal }) => {
    emit(hello("e.0"));
    beat = () => emit({ event: "beat", data: {} });
    return new Promise((resolve) => signal.addEventListener("abort", resolve));
  });
  for (let n = 0; n < 5; n++) {
    await pass(20_000);
    beat();
  }
  assert.equal(cursors.length, 1);
});

test("aborting closes the connection and gives the signal's reason", async () => {
  let link: Link | undefined;
  const { result, stop } = run({}, (opened) => {
    link = opened;
    return new Promise((_, reject) => opened.signal.addEventListener("abort", reject));
  });
  await settle();
  stop.abort(new Error("enough"));
  await assert.rejects(result, { message: "enough" });
  assert.ok(link!.signal.aborted);
});

test("aborting ends a wait", async () => {
  const { result, stop } = run({ repeatable: true }, refuses(503, 60_000));
  await settle();
  stop.abort(new Error("enough"));
  await assert.rejects(result, { message: "enough" });
});
