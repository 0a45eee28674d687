import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { settle } from "./dom.js";
import { hello, open, requests, serve } from "./server.js";
import { config } from "../src/config.js";
import { events } from "../src/events.js";
import { today } from "../src/day.js";

const window = document.defaultView!;
const tick = (n: number): object => ({ id: `e.${n}`, event: "message", data: n });
let isHidden = false;
Object.defineProperty(document, "hidden", { get: () => isHidden, configurable: true });
const look = (hidden: boolean): void => {
  isHidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
};
mock.method(Math, "random", () => 0);
let numbers: AsyncGenerator<number, void, void>;
afterEach(() => numbers.return());

/** Follows a stream that has said one thing, and will say another one when it is opened anew. */
async function follow(): Promise<() => Promise<unknown>> {
  serve(open(hello, tick(1)), open(hello, tick(2)));
  numbers = events<number>("/t", { transport: "ndjson" });
  assert.deepEqual(await numbers.next(), { value: 1, done: false });
  const next = numbers.next();
  return async () => (await next).value;
}

for (const [asleep, awake] of [["freeze", "resume"], ["pagehide", "pageshow"]] as const) {
  test(`a stream is closed at ${asleep}, and goes on at ${awake}`, async () => {
    const next = await follow();
    const target = asleep === "freeze" ? document : window;
    target.dispatchEvent(new Event(asleep));
    await settle();
    assert.ok(requests[0]!.signal.aborted);
    assert.equal(requests.length, 1, "nothing is opened while the page sleeps");
    target.dispatchEvent(new Event(awake));
    assert.equal(await next(), 2);
    assert.equal(requests[1]!.url.searchParams.get("cursor"), "e.1");
  });
}

test("a hidden page keeps its streams, unless it pauses them", async () => {
  const next = await follow();
  look(true);
  await settle();
  assert.equal(requests[0]!.signal.aborted, false);
  config.pauseHidden = true;
  look(true);
  await settle();
  assert.deepEqual([requests[0]!.signal.aborted, requests.length], [true, 1]);
  look(false);
  assert.equal(await next(), 2);
  config.pauseHidden = false;
});

test("each day has a signal of its own", async () => {
  const first = await today();
  window.dispatchEvent(new Event("pagehide"));
  let isOver = false;
  const second = today().then((signal) => ((isOver = true), signal));
  await settle();
  assert.deepEqual([first.aborted, isOver], [true, false]);
  window.dispatchEvent(new Event("pageshow"));
  assert.equal((await second).aborted, false);
});
