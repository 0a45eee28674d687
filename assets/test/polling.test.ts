import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { reported, settle } from "./dom.js";
import { json, problem, requests, serve } from "./server.js";
import type { PollOptions, Polling, State } from "../src/api.js";
import { poll } from "../src/asking.js";
import { CometError } from "../src/errors.js";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  mock.method(Math, "random", () => 1);
});

/** Polls, and writes down what is heard. */
function polling(options: PollOptions = {}, handler: (value: unknown) => unknown = () => {}) {
  const heard: unknown[] = [];
  const errors: unknown[] = [];
  const states: State[] = [];
  const own = poll(
    "/news",
    (value) => (heard.push(value), handler(value)),
    { onError: (error) => errors.push(error), onState: (state) => states.push(state), ...options },
  );
  return { own, heard, errors, states };
}

async function pass(ms: number): Promise<void> {
  await settle();
  for (let left = ms; left > 0; left -= 100) {
    mock.timers.tick(Math.min(left, 100));
    await settle();
  }
}

const held = ({ signal }: { signal: AbortSignal }): Promise<Response> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
/** An answer after a while. */
const later = (reply: Response) => (): Response => (mock.timers.setTime(Date.now() + 25_000), reply);
const empty = (): Response => new Response(null, { status: 204 });
const status = (error: unknown): number => (error as CometError).status;

/** Ends what is polled, and asserts that the request which was open is gone. */
async function stop(own: Polling): Promise<void> {
  const { signal } = requests.at(-1)!;
  own.close();
  await settle();
  assert.ok(signal.aborted);
}

test("O-11 the next request waits for the promise that the handler returns, and asks for what is new by then", async () => {
  serve(json({ id: 1 }), json({ id: 2 }), held);
  let seen = 0;
  let acknowledge!: () => void;
  const { own, heard, errors } = polling({ query: () => ({ seen, tag: ["a", "b"], none: undefined }) }, (value) => {
    seen = (value as { id: number }).id;
    return new Promise<void>((resolve) => (acknowledge = resolve));
  });
  await settle();
  assert.deepEqual([heard, requests.length], [[{ id: 1 }], 1]);
  acknowledge();
  await settle();
  assert.deepEqual([heard.length, requests.length], [2, 2]);
  acknowledge();
  await settle();
  const queries = requests.map(({ url }) => `${url.pathname}${url.search}`);
  assert.deepEqual(queries, [0, 1, 2].map((seen) => `/app/news?seen=${seen}&tag=a&tag=b`));
  await stop(own);
  assert.deepEqual([errors, requests.length], [[], 3]);
});

test("O-11 O-12 stopping aborts the request, and nothing of it is heard", async () => {
  const outside = new AbortController();
  serve(held);
  const { own, heard, errors, states } = polling({ signal: outside.signal });
  await settle();
  await stop(own);
  await pass(60_000);
  assert.deepEqual([heard, errors, requests.length], [[], [], 1]);
  assert.deepEqual(states, ["waiting", "running", "cancelled"]);
  serve();
  outside.abort();
  polling({ signal: outside.signal });
  await pass(1000);
  assert.equal(requests.length, 0, "nothing begins that is over");
});

test("O-11 a refusal ends it, 404 among them, and is reported where nobody listens", async () => {
  for (const refused of [404, 401, 403]) {
    serve(problem(refused, "no"));
    const { errors, states } = polling();
    await pass(60_000);
    assert.deepEqual([errors.map(status), requests.length, states.at(-1)], [[refused], 1, "failed"]);
  }
  serve(problem(404, "no"));
  poll("/news", () => {});
  await settle();
  assert.equal(reported()[0]!.kind, "refused");
});

test("O-12 failures are tried again ever more seldom, and answers that are no JSON are failures", async () => {
  const proxy = new Response("<html>", { headers: { "content-type": "text/html" } });
  serve(new TypeError("network"), proxy, problem(503, "busy", { "retry-after": "7" }), json(1), held);
  const { own, heard, errors } = polling();
  await pass(200);
  assert.equal(requests.length, 1);
  await pass(100);
  assert.equal(requests.length, 2, "300 ms");
  await pass(600);
  assert.equal(requests.length, 3, "600 ms");
  await pass(6900);
  assert.equal(requests.length, 3, "as long as the server says");
  await pass(200);
  assert.deepEqual([heard, requests.length], [[1], 5]);
  assert.deepEqual(errors.map((error) => (error as Error).name), ["TypeError", "SyntaxError", "CometError"]);
  await stop(own);
});

test("O-12 an empty answer is asked again at once only after it was held", async () => {
  serve(later(empty()), later(problem(408, "nothing")), empty(), json(1), held);
  const { own, heard, errors } = polling();
  await settle();
  assert.deepEqual([requests.length, errors.length], [3, 1]);
  await pass(300);
  assert.deepEqual(heard, [1]);
  await stop(own);
});

test("O-12 a handler that fails does not make a storm", async () => {
  serve(json(1), json(1), held);
  const { own, errors } = polling({}, () => Promise.reject(new Error("not acknowledged")));
  await settle();
  assert.equal(requests.length, 1);
  await pass(900);
  assert.deepEqual([requests.length, errors.length], [3, 2]);
  await stop(own);
});

test("O-12 a held request is not taken for a lost one", async () => {
  serve(held);
  const { own } = polling();
  await pass(120_000);
  assert.equal(requests.length, 1);
  await stop(own);
});

test("O-12 a request that takes longer than its limit is given up, and asked again", async () => {
  serve(held, json(1), held);
  const { own, heard, errors } = polling({ timeout: 20 });
  await settle();
  const { signal } = requests[0]!;
  while (!signal.aborted) await settle();
  await pass(300);
  assert.deepEqual([heard, requests.length], [[1], 3]);
  assert.deepEqual((errors as Error[]).map(({ name }) => name), ["TimeoutError"]);
  await stop(own);
});
