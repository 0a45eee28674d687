import assert from "node:assert/strict";
import { test } from "node:test";
import { once } from "../src/once.js";

test("takes each id once and everything without one", () => {
  const isNew = once();
  assert.deepEqual(["a", "b", "a", undefined, undefined, "b"].map(isNew), [
    true, true, false, true, true, false,
  ]);
});

test("forgets the oldest of more than a thousand", () => {
  const isNew = once();
  for (let n = 0; n <= 1000; n++) assert.ok(isNew(`e.${n}`));
  assert.equal(isNew("e.1"), false);
  assert.equal(isNew("e.0"), true);
});
