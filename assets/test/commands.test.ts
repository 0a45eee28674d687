import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { $, html, reported } from "./dom.js";
import type { Command } from "../src/api.js";
import { apply, command, register } from "../src/commands.js";
import { config } from "../src/config.js";

const inner = (): string => document.body.innerHTML;
const run = (...commands: object[]): Promise<void> => apply(commands as Command[]);
const attr = (selector: string, key: string, value: unknown, setType = "replace"): object => ({
  selector,
  key,
  value,
  setType,
  type: "attr",
});

beforeEach(() => {
  html('<p class="a">1</p><p class="a">2</p><input id="i" value="v"><input id="c" type="checkbox">');
  reported();
});

test("html goes inside each match: instead, after, before", async () => {
  const set = (setType: string): object => ({ selector: "p", html: "<b>x</b>", setType, type: "html" });
  await run(set("append"));
  assert.match(inner(), /^<p class="a">1<b>x<\/b><\/p><p class="a">2<b>x<\/b><\/p>/);
  await run(set("replace"));
  assert.match(inner(), /^<p class="a"><b>x<\/b><\/p>/);
  await run({ selector: "p", html: "0", setType: "prepend", type: "html" });
  assert.match(inner(), /^<p class="a">0<b>x<\/b><\/p>/);
});

test("html goes around each match: before, after, in its place", async () => {
  html("<ul><li>1</li></ul>");
  const at = (type: string, text: string): object => ({ selector: "li", html: `<li>${text}</li>`, type });
  await run(at("before", "0"));
  assert.equal(inner(), "<ul><li>0</li><li>1</li></ul>");
  await run({ selector: "li:last-child", html: "<li>2</li>", type: "after" });
  await run({ selector: "li:first-child", html: "<li>-</li>", type: "replace" });
  assert.equal(inner(), "<ul><li>-</li><li>1</li><li>2</li></ul>");
});

test("text stays text", async () => {
  await run({ selector: "p", text: "<b>x</b>", type: "text" });
  assert.equal($("p").innerHTML, "&lt;b&gt;x&lt;/b&gt;");
});

test("attr sets what a user sees", async () => {
  await run(
    attr("#i", "value", "w", "append"),
    attr("#i", "value", "u", "prepend"),
    attr("#c", "checked", true),
    attr("#i", "disabled", true),
    attr("p", "title", "t"),
    attr("p", "title", "!", "append"),
    attr("p", "aria-busy", false),
  );
  assert.equal($<HTMLInputElement>("#i").value, "uvw");
  assert.equal($<HTMLInputElement>("#i").disabled, true);
  assert.equal($<HTMLInputElement>("#c").checked, true);
  assert.equal($("p").getAttribute("title"), "t!");
  assert.equal($("p").getAttribute("aria-busy"), "false");
  await run(attr("p", "title", null), attr("#i", "disabled", false));
  assert.equal($("p").hasAttribute("title"), false);
  assert.equal($<HTMLInputElement>("#i").disabled, false);
  assert.deepEqual(reported(), []);
});

test("attr refuses what would run code", async () => {
  html('<a href="/"></a><iframe></iframe><script></script>');
  const refused: [string, string, string][] = [
    ["a", "onclick", "x()"],
    ["a", "ONCLICK", "x()"],
    ["iframe", "srcdoc", "<b>"],
    ["a", "href", "javascript:x()"],
    ["a", "href", " java\tscript:x()"],
    ["a", "HREF", "vbscript:x"],
    ["a", "xlink:href", "javascript:x()"],
    ["iframe", "src", "data:text/html,<b>"],
    ["a", "values", "a;javascript:x()"],
    ["a", "style", "color:red"],
    ["script", "src", "/x.js"],
  ];
  const before = inner();
  await run(...refused.map((one) => attr(...one)));
  assert.equal(inner(), before);
  assert.equal(reported().filter(({ detail }) => detail.includes("could run code")).length, 11);
  await run(attr("a", "href", "/x?next=javascript:"), attr("iframe", "src", "data:image/png;base64,AA"));
  await run(attr("a", "title", "javascript: the good parts"));
  assert.deepEqual(reported(), []);
});

test("attr refuses a script URL that is put together", async () => {
  html('<a href="script:x()"></a>');
  await run(attr("a", "href", "java", "prepend"));
  assert.equal($("a").getAttribute("href"), "script:x()");
  assert.equal(reported().length, 1);
});

test("css, classes and values", async () => {
  await run(
    { selector: "p", key: "width", value: "50%", type: "css" },
    { selector: "p", key: "backgroundColor", value: "red", type: "css" },
    { selector: "p", key: "--done", value: "7", type: "css" },
    { selector: "p", class: "b c", type: "add_class" },
    { selector: "p", class: "a", type: "remove_class" },
    { selector: "p", class: "c d", type: "toggle_class" },
    { selector: "#i", value: "new", type: "value" },
  );
  const { style, className } = $("p");
  assert.deepEqual([style.width, style.backgroundColor, className], ["50%", "red", "b d"]);
  assert.equal(style.getPropertyValue("--done"), "7");
  assert.equal($<HTMLInputElement>("#i").value, "new");
});

test("focus, remove and dispatch", async () => {
  const heard: unknown[] = [];
  document.addEventListener("moved", (event) => heard.push((event as CustomEvent).detail));
  await run(
    { selector: "input", type: "focus" },
    { selector: "p", event: "moved", detail: { to: 1 }, type: "dispatch" },
    { remove: "p", type: "remove" },
  );
  assert.equal(document.activeElement, $("#i"));
  assert.deepEqual(heard, [{ to: 1 }, { to: 1 }]);
  assert.equal(document.querySelectorAll("p").length, 0);
});

test("call reaches registered functions and nothing else", async () => {
  const calls: unknown[] = [];
  register("show", (...args: unknown[]) => calls.push(args));
  Object.assign(globalThis, { secret: () => calls.push("secret") });
  await run(
    { call: "show", params: [1, "x"], type: "call" },
    { call: "show", type: "call" },
    { call: "secret", params: [], type: "call" },
    { call: "constructor", params: [], type: "call" },
  );
  assert.deepEqual(calls, [[1, "x"], []]);
  assert.deepEqual(reported().length, 2);
});

test("a command that fails is reported, and the rest goes on", async () => {
  await run(
    { type: "confetti" },
    { type: "toString" },
    { selector: "p:", text: "x", type: "text" },
    { selector: "p", text: "last", type: "text" },
  );
  assert.equal($("p").textContent, "last");
  const errors = reported();
  assert.deepEqual(errors.map(({ kind }) => kind), ["command", "command", "command"]);
  assert.match(errors[0]!.detail, /^unknown command "confetti": \{"type":"confetti"\}$/);
});

test("a page can teach its own commands", async () => {
  const seen: unknown[] = [];
  command("confetti", (one) => seen.push(one));
  await run({ colour: "red", type: "confetti" });
  assert.deepEqual(seen, [{ colour: "red", type: "confetti" }]);
});

test("redirect stays with its origin unless the page allows another", async () => {
  const go = (redirect: string): object => ({ redirect, type: "redirect" });
  const before = location.href;
  await run(go("https://evil.test/"), go("javascript:x()"), go("//evil.test"), go("http://app.test:81/"));
  assert.equal(reported().length, 4);
  assert.equal(location.href, before);
  await run(go("#there"));
  assert.deepEqual([reported(), location.hash], [[], "#there"]);
});

test("script does nothing until the page has opted in", async () => {
  await run({ script: "x()", type: "script" });
  assert.match(reported()[0]!.detail, /^the page has not opted in: .* no data-comet-scripts/);
  const scripts: [string, string][] = [];
  const { append } = document.head;
  document.head.append = (...nodes) => {
    for (const node of nodes as HTMLScriptElement[]) scripts.push([node.nonce, node.text]);
  };
  config.scripts = "abc";
  await run({ script: "x()", type: "script" });
  config.scripts = undefined;
  document.head.append = append;
  assert.deepEqual(scripts, [["abc", "x()"]]);
});

test("commands keep their order over several messages, in one go", async () => {
  const one = run({ selector: "p", text: "1", type: "text" });
  const two = run({ selector: "p", text: "2", type: "text" });
  assert.equal($("p").textContent, "1", "nothing is applied before the next frame");
  assert.equal(one, two);
  await one;
  assert.equal($("p").textContent, "2");
});
