import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom.js";
import { delay, pause } from "../src/backoff.js";

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

test("a pause ends when the signal aborts or the machine comes online", async () => {
  const abort = new AbortController();
  const aborted = pause(2 ** 30, abort.signal);
  abort.abort();
  await aborted;
  const waiting = pause(2 ** 30, new AbortController().signal);
  document.defaultView!.dispatchEvent(new Event("online"));
  await waiting;
});
