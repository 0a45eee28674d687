import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

scene("a form calls a function with its fields, and the page shows the answer", { example: "hello" }, async ({ open }) => {
  const page = await open("/");
  await page.fill("#name", "<b>Ada</b> & co");
  await press(page, "Say hello");
  await shows(page, "#greeting", /^Hello, <b>Ada<\/b> & co!$/);
  assert.equal(await page.locator("#greeting b").count(), 0, "markup in a name is text");
  await shoot(page, "hello");
});

scene("a button calls a function without arguments", { example: "hello" }, async ({ open }) => {
  const page = await open("/");
  await press(page, "Say goodbye");
  await shows(page, "#greeting", /^Goodbye\.$/);
  assert.notEqual(await page.locator("#greeting").getAttribute("style"), null, "the colour was set");
});

scene("the keyboard alone is enough", { example: "hello" }, async ({ open }) => {
  const page = await open("/");
  await page.focus("#name");
  await page.keyboard.press("Enter");
  await shows(page, "#greeting", /^Hello, world!$/);
});
