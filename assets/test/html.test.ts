import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom.js";
import { config } from "../src/config.js";
import { fragment, prepare } from "../src/html.js";

const parse = (html: string): string => {
  const element = document.createElement("div");
  element.append(fragment(html));
  return element.innerHTML;
};

await prepare();

test("takes out what could run code, and nothing else", () => {
  const unsafe: [string, string][] = [
    ["<b>1</b><script>x()</script>", "<b>1</b>"],
    ['<p onclick="x()" data-comet-call="f" class="k">1</p>', '<p data-comet-call="f" class="k">1</p>'],
    ['<img src="javascript:x()" onerror="x()">', "<img>"],
    ['<a href=" JavaScript:x()">1</a>', "<a>1</a>"],
    ['<iframe srcdoc="<b>"></iframe><object data="/x"></object><embed src="/x">', ""],
    ['<form action="javascript:x()"><input name="q"></form>', '<form><input name="q"></form>'],
    ["<my-part>1</my-part>", "<my-part>1</my-part>"],
    ['<a href="/ok">1</a><img src="data:image/png;base64,AA">', '<a href="/ok">1</a><img src="data:image/png;base64,AA">'],
  ];
  for (const [html, safe] of unsafe) assert.equal(parse(html), safe);
});

test("keeps HTML as it is where the page trusts it", () => {
  config.html = "trusted";
  const html = '<p onclick="x()">1</p>';
  assert.equal(parse(html), html);
  config.html = "sanitize";
});

test("leaves the work to setHTML where the browser has it", () => {
  const { prototype } = HTMLTemplateElement as { prototype: { setHTML?: unknown } };
  const calls: unknown[] = [];
  prototype.setHTML = (...args: unknown[]) => calls.push(args);
  parse("<b>1</b>");
  delete prototype.setHTML;
  assert.deepEqual(calls, [["<b>1</b>", { sanitizer: {} }]]);
});

test("inserts what a sanitiser of the page's own makes of it", () => {
  config.html = (html) => Object.assign(document.createElement("i"), { title: html });
  assert.equal(parse("<b>"), '<i title="<b>"></i>');
  config.html = "sanitize";
});

test("keeps table rows that come without their table", () => {
  assert.equal(fragment("<tr><td>1</td></tr>").querySelectorAll("td").length, 1);
});
