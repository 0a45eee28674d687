import assert from "node:assert/strict";
import { test } from "node:test";
import { $, html, reported, settle } from "./dom.js";
import { done, hello, json, open, problem, requests, serve, stream } from "./server.js";
import type { State } from "../src/api.js";
import { call, cancel } from "../src/call.js";

const page = (...commands: object[]): object => ({ id: "e.1", event: "page", data: commands });
const text = (value: string): object => ({ selector: "#t", text: value, type: "text" });

test("posts arguments as JSON and resolves with the value", async () => {
  serve(json(3), json(null), stream(hello, done({ rows: 7 })));
  assert.equal(await call("add", [1, 2]), 3);
  const { url, method, headers, body } = requests[0]!;
  assert.deepEqual([url.href, method, body], ["http://app.test/app/comet/call/add", "POST", "[1,2]"]);
  assert.deepEqual(Object.fromEntries(headers), {
    accept: "application/x-ndjson, application/json;q=0.9",
    "content-type": "application/json",
    "x-comet": "1",
  });
  assert.equal(await call("named", { file: "a.csv" }), null);
  assert.equal(requests[1]!.body, '{"file":"a.csv"}');
  assert.deepEqual(await call("import"), { rows: 7 });
  assert.equal(requests[2]!.body, "[]");
});

test("sends a form's own body as it is", async () => {
  const fields = new URLSearchParams({ a: "1" });
  serve(json(null));
  await call("save", fields);
  assert.equal(requests[0]!.body, fields);
  assert.equal(requests[0]!.headers.get("content-type"), null);
});

test("the page has every command when the call is done", async () => {
  html('<p id="t"></p>');
  serve(stream(hello, page(text("1"), text("2")), done()));
  await call("draw");
  assert.equal($("#t").textContent, "2");
});

test("hands out typed events, and commands before they are applied", async () => {
  html('<p id="t"></p>');
  const heard: unknown[] = [];
  const states: State[] = [];
  serve(stream(hello, page(text("1"), { type: "noise" }), { event: "quote", data: 5 }, done()));
  await call("draw", [], {
    onMessage: (message) => heard.push(message.data),
    onCommand: ({ type }) => type !== "noise",
    onState: (state) => states.push(state),
  });
  assert.deepEqual(heard, [5]);
  assert.deepEqual(reported(), []);
  assert.deepEqual(states, ["running", "running", "done"]);
});

test("a callback that throws is reported and ends nothing", async () => {
  serve(stream(hello, { event: "quote", data: 5 }, done("end")));
  const onMessage = (): void => {
    throw new TypeError("mine");
  };
  assert.equal(await call("draw", [], { onMessage }), "end");
  assert.deepEqual(reported().map(String), ["TypeError: mine"]);
});

test("a refusal rejects, with the state to show", async () => {
  const states: State[] = [];
  serve(problem(400, "argument `rows` is no number"));
  await assert.rejects(call("import", ["x"], { onState: (state) => states.push(state) }), {
    kind: "refused",
    status: 400,
    detail: "argument `rows` is no number",
  });
  assert.deepEqual(states, ["running", "failed"]);
});

test("cancel aborts the running calls of a name", async () => {
  serve(open(hello), open(hello), open(hello));
  const states: State[] = [];
  const first = call("a", [], { onState: (state) => states.push(state) });
  const second = call("a");
  const other = call("b");
  await settle();
  cancel("a");
  await assert.rejects(first, { name: "AbortError" });
  await assert.rejects(second, { name: "AbortError" });
  assert.deepEqual(states.at(-1), "cancelled");
  assert.deepEqual(requests.map(({ signal }) => signal.aborted), [true, true, false]);
  cancel();
  await assert.rejects(other, { name: "AbortError" });
});

test("gets a CSRF token when it is asked for one, and a new one when that is stale", async () => {
  const missing = (): Response => problem(403, "the request has no X-Comet-Csrf header");
  serve(missing(), json({ token: "one" }), json(1), json(2), missing(), json({ token: "two" }), json(3));
  assert.deepEqual([await call("a"), await call("b"), await call("c")], [1, 2, 3]);
  assert.deepEqual(
    requests.map(({ url, headers }) => [url.pathname.slice(11), headers.get("x-comet-csrf")]),
    [
      ["call/a", null],
      ["csrf", null],
      ["call/a", "one"],
      ["call/b", "one"],
      ["call/c", "one"],
      ["csrf", null],
      ["call/c", "two"],
    ],
  );
});

test("does not repeat a call that is forbidden for another reason, or again", async () => {
  serve(problem(403, "only editors may"));
  await assert.rejects(call("a"), { status: 403, detail: "only editors may" });
  assert.equal(requests.length, 1);
  const missing = (): Response => problem(403, "the request has no X-Comet-Csrf header");
  serve(missing(), json({ token: "one" }), missing());
  await assert.rejects(call("a"), { status: 403 });
  assert.equal(requests.length, 3);
});
