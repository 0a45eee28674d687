import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { $, html, reported, settle } from "./dom.js";
import { done, hello, json, open, problem, requests, serve, stream } from "./server.js";
import { messages } from "../src/events.js";
import { start } from "../src/declarative.js";

start();
beforeEach(async () => {
  html("");
  await settle();
  reported();
});

const state = (selector: string): (string | null | undefined)[] => [
  $(selector).dataset["cometState"],
  $(selector).getAttribute("aria-busy"),
];

test("a button calls its handler and shows how it goes", async () => {
  const values: unknown[] = [];
  document.body.addEventListener("comet:done", (event) => values.push((event as CustomEvent).detail));
  html('<button data-comet-call="import" data-comet-args="[500]"><b>go</b></button>');
  let answer = (_: Response): void => {};
  serve(() => new Promise<Response>((resolve) => (answer = resolve)));
  $("b").click();
  $("b").click();
  await settle();
  assert.deepEqual(requests.map(({ url, body }) => [url.pathname, body]), [
    ["/app/comet/call/import", "[500]"],
  ]);
  assert.deepEqual(state("button"), ["running", "true"]);
  answer(json(500));
  await settle();
  assert.deepEqual(state("button"), ["done", null]);
  assert.deepEqual(values, [500]);
});

test("a failure is shown and bubbles from the element", async () => {
  html('<button data-comet-call="nope">go</button>');
  const targets: unknown[] = [];
  const note = (event: Event): void => void targets.push(event.target);
  document.body.addEventListener("comet:error", note);
  serve(problem(404, "no handler is called `nope`"));
  $("button").click();
  await settle();
  document.body.removeEventListener("comet:error", note);
  assert.deepEqual(state("button"), ["failed", null]);
  assert.deepEqual(targets, [$("button")]);
  assert.deepEqual(reported().map(({ detail }) => detail), ["no handler is called `nope`"]);
});

test("arguments that are no JSON are a failure too", async () => {
  html('<button data-comet-call="f" data-comet-args="[1,">go</button>');
  serve();
  $("button").click();
  await settle();
  assert.deepEqual(state("button"), ["failed", null]);
  assert.equal(requests.length, 0);
  assert.equal(reported().length, 1);
});

test("a button cancels the call that another started", async () => {
  html('<i data-comet-call="import">go</i><i id="stop" data-comet-cancel="import">stop</i>');
  serve(open(hello));
  $("i").click();
  await settle();
  $("#stop").click();
  await settle();
  assert.ok(requests[0]!.signal.aborted);
  assert.deepEqual(state("i"), ["cancelled", null]);
  assert.deepEqual(reported(), []);
});

test("asks before it calls, where the element says so", async () => {
  html('<button data-comet-call="drop" data-comet-confirm="Drop it?">go</button>');
  const asked: unknown[] = [];
  Object.assign(globalThis, { confirm: (text: string) => void asked.push(text) });
  serve();
  $("button").click();
  await settle();
  assert.deepEqual([asked, requests.length], [["Drop it?"], 0]);
});

test("a form sends its values by name, with the button that was pressed", async () => {
  html(`<form data-comet-call="shout"><input name="who[name]" value="a"><input name="text" value="b">
    <button name="how" value="loud">go</button></form>`);
  serve(json(null));
  const init = { bubbles: true, cancelable: true, submitter: $("button") };
  const event = new SubmitEvent("submit", init);
  assert.equal($("form").dispatchEvent(event), false);
  await settle();
  assert.deepEqual(JSON.parse(requests[0]!.body as string), {
    who: { name: "a" },
    text: "b",
    how: "loud",
  });
  assert.deepEqual(state("form"), ["done", null]);
});

test("a form with a file sends what a browser would", async () => {
  html(`<form data-comet-call="upload"><input name="a" value="1"><input type="file" name="f"></form>`);
  serve(json(null));
  $("form").dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
  await settle();
  assert.ok(requests[0]!.body instanceof FormData);
  assert.equal(requests[0]!.headers.get("content-type"), null);
});

test("a control calls when it changes, with its value", async () => {
  html('<select name="size" data-comet-call="resize"><option>1<option selected>2</select>');
  serve(json(null));
  $("select").click();
  $("select").dispatchEvent(new Event("change", { bubbles: true }));
  await settle();
  assert.deepEqual(requests.map(({ body }) => body), ['{"size":"2"}']);
});

test("an element hears a stream from when it comes until it goes", async () => {
  const sources: { url: string; closed: boolean }[] = [];
  const listeners: Record<string, (event: object) => void> = {};
  Object.assign(globalThis, {
    EventSource: class {
      readonly mine = { url: "", closed: false };
      constructor(url: URL) {
        this.mine.url = url.pathname;
        sources.push(this.mine);
      }
      addEventListener(type: string, run: (event: object) => void): void {
        listeners[type] = run;
      }
      close(): void {
        this.mine.closed = true;
      }
    },
  });
  const heard: unknown[] = [];
  html('<ul data-comet-events="/ticker" data-comet-on="quote, trade"></ul>');
  for (const name of ["message", "quote", "trade"]) {
    $("ul").addEventListener(`comet:${name}`, (event) =>
      heard.push([event.type, (event as CustomEvent).detail]),
    );
  }
  await settle();
  assert.deepEqual(sources, [{ url: "/app/ticker", closed: false }]);
  assert.equal($("ul").dataset["cometState"], "waiting");
  const say = (type: string, data: unknown): void =>
    listeners[type]!({ type, data: JSON.stringify(data), lastEventId: "" });
  say("hello", hello.data);
  say("message", 1);
  say("trade", 2);
  await settle();
  assert.equal($("ul").dataset["cometState"], "running");
  assert.deepEqual(heard, [
    ["comet:message", 1],
    ["comet:trade", 2],
  ]);
  $("ul").dataset["cometEvents"] = "/other";
  await settle();
  assert.deepEqual(sources.map(({ url, closed }) => [url, closed]), [
    ["/app/ticker", true],
    ["/app/other", false],
  ]);
  $("ul").remove();
  await settle();
  assert.ok(sources[1]!.closed);
});

test("a stream may carry page commands", async () => {
  html('<p id="t"></p>');
  const text = { selector: "#t", text: "pushed", type: "text" };
  serve(stream(hello, { id: "e.1", event: "page", data: [text] }, done()));
  for await (const _ of messages("/live")) assert.fail("commands are no messages");
  await settle();
  assert.equal($("#t").textContent, "pushed");
});
