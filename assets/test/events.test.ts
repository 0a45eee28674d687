import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./dom.js";
import { done, hello, open, problem, requests, serve, stream } from "./server.js";
import { events, messages } from "../src/events.js";

/** An EventSource that does as it is told. */
class Source {
  static all: Source[] = [];
  readyState = 0;
  onopen?: () => void;
  readonly #listeners = new Map<string, (event: object) => void>();
  readonly url: string;
  constructor(url: URL) {
    this.url = url.href;
    Source.all.push(this);
  }
  addEventListener(type: string, run: (event: object) => void): void {
    this.#listeners.set(type, run);
  }
  close(): void {
    this.readyState = 2;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(type: string, data: unknown, lastEventId = ""): void {
    this.#listeners.get(type)?.({ type, data: JSON.stringify(data), lastEventId });
  }
  break(): void {
    this.#listeners.get("error")!({ type: "error" });
  }
}
Object.assign(globalThis, { EventSource: Source });

const source = async (): Promise<Source> => {
  for (;;) {
    const newest = Source.all.at(-1);
    if (newest?.readyState === 0) return newest;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const tick = (n: number): object => ({ id: `e.${n}`, event: "message", data: n });

test("iterates payloads by EventSource, and over a broken connection", async () => {
  const numbers = events<number>("/ticker/ACME?from=0");
  const first = numbers.next();
  const one = await source();
  assert.equal(one.url, "http://app.test/app/ticker/ACME?from=0");
  one.open();
  one.say("hello", hello.data);
  one.say("message", 1, "e.1");
  one.say("beat", {}, "e.1");
  assert.deepEqual(await first, { value: 1, done: false });
  const second = numbers.next();
  one.break();
  const two = await source();
  assert.equal(one.readyState, 2);
  assert.equal(two.url, "http://app.test/app/ticker/ACME?from=0&cursor=e.1");
  two.open();
  two.say("message", 1, "e.1");
  two.say("message", 2, "e.2");
  assert.deepEqual(await second, { value: 2, done: false });
  await numbers.return();
  assert.equal(two.readyState, 2);
});

test("control messages without an id of their own count", async () => {
  const gaps: unknown[] = [];
  const numbers = events("/t", { onGap: (gap) => gaps.push(gap) });
  const first = numbers.next();
  const one = await source();
  one.open();
  one.say("message", 1, "e.1");
  one.say("gap", { from: 2, to: 4, reason: "trimmed" }, "e.1");
  await first;
  assert.deepEqual(gaps, [{ from: 2, to: 4, reason: "trimmed" }]);
  one.say("done", null, "done");
  assert.deepEqual(await numbers.next(), { value: undefined, done: true });
});

test("asks by fetch why an EventSource did not open", async () => {
  serve(problem(403, "not yours"));
  const numbers = events("/private");
  const first = numbers.next();
  (await source()).break();
  await assert.rejects(first, { kind: "refused", status: 403, detail: "not yours" });
  assert.equal(requests[0]!.headers.get("accept"), "application/x-ndjson");
});

test("takes the reply to that question for the stream", async () => {
  serve(stream(hello, tick(1), done()));
  const got: unknown[] = [];
  const all = (async () => {
    for await (const value of events("/t")) got.push(value);
  })();
  (await source()).break();
  await all;
  assert.deepEqual(got, [1]);
});

test("messages have names and ids, of every kind that is not named", async () => {
  const quote = { id: "e.1", event: "quote", data: { price: 1 } };
  serve(stream(hello, quote, tick(2), done()));
  const got: unknown[] = [];
  for await (const message of messages("/t")) got.push(message);
  assert.deepEqual(got, [quote, tick(2)]);
});

test("hears only the names it was given", async () => {
  serve(stream(hello, { event: "quote", data: 1 }, tick(2), { event: "trade", data: 3 }, done()));
  const got: unknown[] = [];
  for await (const value of events("/t", { names: ["quote", "trade"], transport: "ndjson" })) {
    got.push(value);
  }
  assert.deepEqual(got, [1, 3]);
});

test("leaving the loop closes the connection", async () => {
  serve(open(hello, tick(1), tick(2)));
  for await (const value of events("/t", { transport: "ndjson" })) {
    assert.equal(value, 1);
    break;
  }
  assert.ok(requests[0]!.signal.aborted);
});

test("a signal ends the loop with its reason", async () => {
  serve(open(hello));
  const stop = new AbortController();
  const next = events("/t", { transport: "ndjson", signal: stop.signal }).next();
  await settle();
  stop.abort(new Error("enough"));
  await assert.rejects(next, { message: "enough" });
  assert.ok(requests[0]!.signal.aborted);
});

test("a loop that is too slow gets what it has room for, then the error", async () => {
  serve(open(hello, tick(1), tick(2), tick(3), tick(4)));
  const numbers = events<number>("/t", { transport: "ndjson", buffer: 2 });
  const got: number[] = [];
  const read = async (): Promise<void> => {
    for await (const value of numbers) {
      await settle();
      got.push(value);
    }
  };
  await assert.rejects(read(), { kind: "overflow" });
  assert.deepEqual(got, [1, 2]);
  assert.ok(requests[0]!.signal.aborted);
});

test("begins where it is told", async () => {
  serve(stream(done()));
  for await (const _ of events("/t", { transport: "ndjson", cursor: "e.7" })) assert.fail();
  assert.equal(requests[0]!.url.searchParams.get("cursor"), "e.7");
});
