import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { $, html, reported, settle } from "./dom.js";
import { Hub } from "./hub.js";
import { start } from "../src/declarative.js";

let hub: Hub;
const heard: [string, unknown][] = [];
start();
document.addEventListener("comet:message", (event) => {
  const { id } = event.target as HTMLElement;
  heard.push([id, (event as CustomEvent).detail]);
});
beforeEach(async () => {
  html("");
  await settle();
  hub = new Hub();
  heard.length = 0;
});
const channels = (): string[] => hub.requests.map(({ query }) => query.getAll("channel").join());

test("an element hears a channel from when it comes until it goes", async () => {
  html('<ul id="t" data-comet-channel="todos/7"></ul><b id="c" data-comet-channel="clicks"></b>');
  await settle();
  assert.equal($("#t").dataset["cometState"], "running");
  hub.publish("todos/7", { id: 1 });
  hub.publish("clicks", 5);
  await settle();
  assert.deepEqual(heard, [
    ["t", { id: 1 }],
    ["c", 5],
  ]);
  $("#t").dataset["cometChannel"] = "todos/8";
  await settle();
  $("#c").remove();
  await settle();
  hub.publish("todos/8", 6);
  hub.publish("clicks", 7);
  await settle();
  assert.deepEqual(heard.slice(2), [["t", 6]]);
  assert.deepEqual(channels(), ["clicks,todos/7", "clicks,todos/8", "todos/8"]);
});

test("begins with what the element asks for", async () => {
  hub.publish("a", 1, 2, 3);
  hub.publish("b", 1, 2, 3);
  html(`<i id="a" data-comet-channel="a" data-comet-history="1"></i>
    <i id="b" data-comet-channel="b" data-comet-cursor="${hub.log("b").epoch}.1"></i>`);
  await settle();
  assert.deepEqual(heard.sort(), [
    ["a", 3],
    ["b", 2],
    ["b", 3],
  ]);
});

test("elements of one channel each begin where they say, and anew where that changes", async () => {
  hub.publish("a", 1, 2, 3, 4);
  const { epoch } = hub.log("a");
  html(`<i id="late" data-comet-channel="a" data-comet-cursor="${epoch}.3"></i>
    <i id="early" data-comet-channel="a" data-comet-cursor="${epoch}.1"></i>`);
  await settle();
  const of = (id: string): unknown[] => heard.filter(([who]) => who === id).map(([, data]) => data);
  assert.deepEqual([of("late"), of("early")], [[4], [2, 3, 4]]);
  $("#late").dataset["cometCursor"] = `${epoch}.2`;
  await settle();
  hub.publish("a", 5);
  await settle();
  assert.deepEqual([of("late"), of("early")], [[4, 3, 4, 5], [2, 3, 4, 5]]);
});

test("a refusal is shown and bubbles from the element", async () => {
  hub.refused.set("secret", 403);
  const targets: unknown[] = [];
  const note = ({ target }: Event): void => void targets.push(target);
  document.body.addEventListener("comet:error", note);
  html('<i data-comet-channel="secret"></i>');
  await settle();
  document.body.removeEventListener("comet:error", note);
  assert.equal($("i").dataset["cometState"], "failed");
  assert.deepEqual(targets, [$("i")]);
  assert.deepEqual(reported().map(({ detail }) => detail), ["not for you: secret"]);
});
