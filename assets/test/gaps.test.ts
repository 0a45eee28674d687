import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { reported, settle } from "./dom.js";
import { channels, hub, subscribe, until } from "./following.js";
import type { Gap, State } from "../src/api.js";

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

test("missed messages are reported", async () => {
  assert.deepEqual(await miss("replay"), [1, 4]);
  assert.deepEqual(reported().map(({ kind, detail }) => [kind, detail]), [["gap", "a: 2 up to 4 (trimmed)"]]);
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

test("comes back when it was too slow, and is told what it missed", async () => {
  const heard: unknown[] = [];
  const gaps: Gap[] = [];
  const a = subscribe("a", (data) => heard.push(data), { onGap: (gap) => gaps.push(gap) });
  await settle();
  hub.publish("a", 1);
  await settle();
  hub.close("a", "slow");
  hub.publish("a", 2, 3, 4);
  hub.trim("a", 1);
  await until(() => heard.length > 1);
  assert.deepEqual([heard, gaps, a.reason], [[1, 4], [trimmed("replay")], undefined]);
});

test("a gap is told once, wherever the connection breaks", async () => {
  const gaps: Gap[] = [];
  subscribe("a", () => {}, { onGap: (gap) => gaps.push(gap) });
  subscribe("b", () => {});
  await settle();
  hub.publish("a", 1, 2, 3);
  hub.restart("a");
  for (let n = 0; n < 3; n++) {
    const { length } = hub.requests;
    hub.cut();
    await until(() => hub.requests.length > length && hub.connections.size);
  }
  assert.deepEqual(gaps.map(({ reason }) => reason), ["epoch"]);
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
