import assert from "node:assert/strict";
import { test } from "node:test";
import { $, html, reported } from "./dom.js";
import { apply } from "../src/commands.js";
import { config } from "../src/config.js";

const morph = (selector: string, html: string): { type: string } =>
  ({ type: "html", selector, html, setType: "morph" }) as { type: string };

test("what is the same stays, and what is typed", async () => {
  html('<form id="f"><p id="p">old</p><input id="i" value=""></form>');
  const [paragraph, input] = [$("#p"), $<HTMLInputElement>("#i")];
  input.value = "typed";
  await apply([
    morph("#f", '<h2>new</h2><p id="p">new</p><input id="i" value="">'),
    { type: "text", selector: "#p", text: "newer" } as { type: string },
  ]);
  assert.equal($("#p"), paragraph);
  assert.equal($("#i"), input);
  assert.equal(input.value, "typed");
  assert.equal($("#f").textContent, "newnewer", "the next command waits for it");
  assert.deepEqual(reported(), []);
});

test("cannot run code", async () => {
  html('<div id="d"></div>');
  await apply([morph("#d", '<b onclick="x()">a</b><script>x()</script>')]);
  assert.equal($("#d").innerHTML, "<b>a</b>");
});

test("goes by the page's own way where there is one", async () => {
  html('<i class="a"></i><i class="a"></i>');
  const seen: unknown[] = [];
  config.morph = (element, next) => seen.push([element.localName, next.textContent]);
  await apply([morph(".a", "<b>x</b>")]);
  config.morph = () => {
    throw new TypeError("mine");
  };
  await apply([morph(".a", "<b>x</b>")]);
  config.morph = undefined;
  assert.deepEqual(seen, [
    ["i", "x"],
    ["i", "x"],
  ]);
  assert.deepEqual(reported().map(({ kind }) => kind), ["command"]);
});
