import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./dom.js";
import { delay, pause } from "../src/backoff.js";

const window = document.defaultView!;
const longest = (attempt: number, away: number): number => delay(attempt, away, () => 1);

test("doubles from 300 ms up to 3 s, and to 30 s once it has lasted", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 60].map((attempt) => longest(attempt, 0)), [
    300, 600, 1200, 2400, 3000, 3000,
  ]);
  assert.equal(longest(4, 29_999), 3000);
  assert.equal(longest(60, 30_000), 30_000);
});

test("spreads over the whole range", () => {
  assert.equal(delay(4, 0, () => 0), 0);
  assert.equal(delay(4, 0, () => 0.5), 1500);
});

test("a pause ends when the signal aborts, the machine comes online or the page is looked at again", async () => {
  const abort = new AbortController();
  const aborted = pause(2 ** 30, abort.signal, true);
  abort.abort();
  await aborted;
  for (const [target, type] of [[window, "online"], [window, "focus"], [document, "visibilitychange"]] as const) {
    const waiting = pause(2 ** 30, new AbortController().signal, false);
    target.dispatchEvent(new Event(type));
    await waiting;
  }
});

test("a time that the server asked for is kept", async () => {
  let isOver = false;
  const abort = new AbortController();
  const waiting = pause(2 ** 30, abort.signal, true).then(() => (isOver = true));
  window.dispatchEvent(new Event("online"));
  await settle();
  assert.equal(isOver, false);
  abort.abort();
  await waiting;
});
