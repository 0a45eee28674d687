import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "./dom.js";
import { watch } from "../src/watchdog.js";

mock.timers.enable({ apis: ["Date", "setInterval", "setTimeout"], now: 0 });

const begin = (): { connection: AbortController; alive: () => void } => {
  const connection = new AbortController();
  return { connection, alive: watch(connection, true, () => 1000) };
};

test("cuts what has been silent for 2.3 heartbeats, at the second look", () => {
  const { connection, alive } = begin();
  mock.timers.tick(2000);
  alive();
  mock.timers.tick(2000);
  assert.equal(connection.signal.aborted, false);
  mock.timers.tick(2000);
  assert.equal(connection.signal.aborted, true);
});

test("a page that comes back finds out within a quarter of a second", () => {
  for (const [target, type] of [[document.defaultView!, "pageshow"], [document, "visibilitychange"]] as const) {
    const { connection, alive } = begin();
    const slept = mock.timers;
    slept.setTime(Date.now() + 60_000);
    target.dispatchEvent(new Event(type));
    assert.equal(connection.signal.aborted, false, "what came meanwhile may still be on its way");
    slept.tick(250);
    assert.equal(connection.signal.aborted, true);
    alive();
  }
});

test("what came meanwhile is heard of after the wake", () => {
  const { connection, alive } = begin();
  mock.timers.setTime(Date.now() + 60_000);
  document.defaultView!.dispatchEvent(new Event("focus"));
  alive();
  mock.timers.tick(999);
  assert.equal(connection.signal.aborted, false);
  connection.abort();
});
