import assert from "node:assert/strict";
import { test } from "node:test";
import { isAfter } from "../src/position.js";

test("offsets of one epoch are in order, by number", () => {
  assert.equal(isAfter("e.10", "e.9"), true);
  assert.equal(isAfter("e.9", "e.9"), false);
  assert.equal(isAfter("e.9", "e.10"), false);
});

test("another epoch, nothing, and what is no position lie behind nothing", () => {
  assert.equal(isAfter("f.1", "e.9"), true);
  assert.equal(isAfter("e.1"), true);
  assert.equal(isAfter("done", "e.9"), true);
  assert.equal(isAfter("e.1~f.2", "e.1~f.3"), true);
  assert.equal(isAfter(undefined, "e.1"), true);
});
