import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { $, html, reported, settle } from "./dom.js";
import { Hub } from "./hub.js";
import { config } from "../src/config.js";
import { start } from "../src/declarative.js";

let hub: Hub;
start();
beforeEach(async () => {
  html("");
  await settle();
  hub = new Hub();
});
const hide = (hidden: boolean): void => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
};

test("places the fields of messages, and shows how it is connected", async () => {
  html(`<comet-source channel="ticker/acme">
    <b data-comet-swap="text" data-comet-field="price">-</b>
    <i data-comet-swap="text" data-comet-field="by.name">-</i>
    <progress data-comet-swap="value" data-comet-field="share" max="1"></progress>
    <u>untouched</u>
  </comet-source>`);
  const state = (): string | null => $("comet-source").getAttribute("state");
  await settle();
  assert.equal(state(), "open");
  hub.publish("ticker/acme", { price: 7, by: { name: "<Ann>" }, share: 0.5 });
  await settle();
  assert.deepEqual([$("b").innerHTML, $("i").innerHTML, $("u").innerHTML], ["7", "&lt;Ann&gt;", "untouched"]);
  assert.equal(String(($("progress") as HTMLProgressElement).value), "0.5");
  hub.publish("ticker/acme", { by: null, price: null });
  await settle();
  assert.deepEqual([$("b").textContent, $("i").textContent], ["", "<Ann>"], "what is not there changes nothing");
  hub.cut();
  await settle();
  assert.equal(state(), "waiting");
  const element = $("comet-source");
  element.remove();
  assert.equal(element.getAttribute("state"), "closed");
});

test("HTML goes the way of page commands, and text is text", async () => {
  html(`<comet-source channel="a">
    <ul data-comet-swap="append" data-comet-keep="2"><li>0</li></ul>
    <ol data-comet-swap="prepend" data-comet-keep="2"></ol>
    <pre data-comet-swap="append text" data-comet-keep="2"></pre>
    <p data-comet-swap="html">old</p>
  </comet-source>`);
  await settle();
  hub.publish("a", '<li onclick="x()">1</li>', "<li>2</li><script>x()</script>", "<li>3</li>");
  await settle();
  assert.equal($("ul").innerHTML, "<li>2</li><li>3</li>");
  assert.equal($("ol").innerHTML, "<li>3</li><li>2</li>");
  assert.equal($("pre").textContent, "<li>2</li><script>x()</script><li>3</li>");
  assert.equal($("p").innerHTML, "<li>3</li>");
});

test("a place is its nearest source's, and hears what it asks for", async () => {
  html(`<comet-source channel="a" on="trade">
    <b id="all" data-comet-swap="text" data-comet-on="message, trade"></b>
    <section data-comet-channel="b"><b id="inner" data-comet-swap="text"></b></section>
    <b id="other" data-comet-swap="text" data-comet-on="trade">-</b>
  </comet-source><b id="self" data-comet-channel="c" data-comet-swap="text"></b>`);
  await settle();
  hub.publish("a", "one");
  hub.publish("b", "two");
  hub.publish("c", "three");
  await settle();
  const texts = ["all", "inner", "other", "self"].map((id) => $(`#${id}`).textContent);
  assert.deepEqual(texts, ["one", "two", "-", "three"]);
});

test("a page that takes a message for itself keeps it from its places", async () => {
  html('<comet-source channel="a"><b data-comet-swap="text">-</b></comet-source>');
  $("comet-source").addEventListener("comet:message", (event) => event.preventDefault());
  await settle();
  hub.publish("a", "mine");
  await settle();
  assert.equal($("b").textContent, "-");
});

test("pauses with the page where it says so, and goes on where it was", async () => {
  html('<comet-source channel="a" pause-hidden><ul data-comet-swap="append text"></ul></comet-source>');
  await settle();
  for (const seen of ["12", "1234"]) {
    hide(true);
    await settle();
    assert.deepEqual([hub.connections.size, $("comet-source").getAttribute("state")], [0, "waiting"]);
    hub.publish("a", seen.at(-2));
    hide(false);
    await settle();
    hub.publish("a", seen.at(-1));
    await settle();
    assert.equal($("ul").textContent, seen);
  }
});

test("other attributes begin anew", async () => {
  hub.publish("b", "old");
  html('<comet-source channel="a"><b data-comet-swap="text"></b></comet-source>');
  await settle();
  $("comet-source").setAttribute("history", "1");
  $("comet-source").setAttribute("channel", "b");
  await settle();
  assert.equal($("b").textContent, "old");
  assert.equal(config.share, true);
  $("comet-source").setAttribute("share", "false");
  await settle();
  assert.equal(config.share, false);
});

test("what cannot be is told on the element", async () => {
  hub.refused.set("secret", 403);
  html(`<comet-source id="none"></comet-source><comet-source id="secret" channel="secret"></comet-source>
    <comet-source channel="a"><b data-comet-swap="somewhere"></b></comet-source>`);
  await settle();
  hub.publish("a", "x");
  await settle();
  assert.deepEqual(["#none", "#secret"].map((id) => $(id).getAttribute("state")), ["closed", "closed"]);
  const told = reported().map((error) => error.detail ?? (error as unknown as Error).message).sort();
  assert.match(told[0]!, /^a <comet-source> needs/);
  assert.match(told[1]!, /^data-comet-swap="somewhere" is no way/);
  assert.equal(told[2], "not for you: secret");
});
