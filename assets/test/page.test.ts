import assert from "node:assert/strict";
import { test } from "node:test";
import { reported, settle } from "./dom.js";
import { Hub } from "./hub.js";
import { CometError, comet } from "../src/index.js";

const heard: [string, unknown][] = [];
const hear = ({ type, detail }: CustomEvent): number => heard.push([type, detail]);
for (const type of ["state", "gap", "auth", "error"] as const) comet.addEventListener(type, hear);
const taken = (type: string): unknown[] => heard.splice(0).flatMap(([one, detail]) => (one === type ? [detail] : []));

test("tells how the connection for channels is, each change once", async () => {
  const hub = new Hub();
  const one = comet.subscribe("a", () => {});
  const two = comet.subscribe("a", () => {});
  await settle();
  hub.cut();
  await settle();
  one.close();
  two.close();
  await settle();
  assert.deepEqual(taken("state"), ["waiting", "running", "waiting", "done"]);
});

test("tells of a gap, whoever makes up for it", async () => {
  const hub = new Hub();
  hub.publish("a", 1, 2, 3);
  hub.trim("a", 1);
  const cursor = `${hub.log("a").epoch}.1`;
  const one = comet.subscribe("a", () => {}, { cursor, onGap: () => {} });
  await settle();
  one.close();
  const gaps = taken("gap") as { channel: string; reason: string }[];
  assert.deepEqual(gaps.map(({ channel, reason }) => [channel, reason]), [["a", "trimmed"]]);
  assert.deepEqual(reported(), []);
});

test("tells that a sign-in is needed", async () => {
  const hub = new Hub();
  hub.refused.set("mine", 401);
  const one = comet.subscribe("mine");
  await assert.rejects(async () => {
    for await (const message of one) assert.fail(`${message}`);
  });
  const [error] = taken("auth");
  assert.ok(error instanceof CometError);
  assert.equal(error.status, 401);
});

test("hears of errors that nobody catches, and may keep them from the console", () => {
  const error = new Error("of a callback");
  comet.addEventListener("error", (event) => event.preventDefault(), { once: true });
  const event = new CustomEvent("comet:error", { cancelable: true, detail: error });
  document.dispatchEvent(event);
  assert.deepEqual([taken("error"), event.defaultPrevented], [[error], true]);
  reported();
});
