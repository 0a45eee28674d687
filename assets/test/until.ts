import assert from "node:assert/strict";

/** Waits until something is so, which no fixed time has to do with. */
export async function until(what: () => unknown): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!what()) {
    if (performance.now() > deadline) assert.fail(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
