import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "sijax";

/** Notes every text that an element shows from now on. */
const record = (page, selector) =>
  page.evaluate((selector) => {
    const element = document.querySelector(selector);
    const texts = (window.texts = []);
    new MutationObserver(() => texts.push(element.textContent)).observe(element, { childList: true });
  }, selector);

scene("S-06 an ajax call, and one that does not fit its function", { example }, async ({ open }) => {
  const page = await open("/");
  await press(page, "Greet me");
  await shows(page, "#greeting", /^Hello, Ada!$/);
  await press(page, "Call it without the name");
  await shows(page, "#refused", /^greet: argument `name` is missing$/);
});

scene("S-07 a comet call moves the page flush by flush", { example }, async ({ open }) => {
  const page = await open("/");
  await record(page, "#baked");
  await press(page, "Bake 12 loaves");
  await shows(page, "#baked", /^All 12 loaves are out\.$/);
  const texts = await page.evaluate(() => window.texts);
  assert.ok(texts.includes("1 of 12 loaves") && texts.includes("11 of 12 loaves"), texts.join());
  assert.equal(await page.locator("#bar").evaluate((bar) => bar.style.width), "100%");
  // That of the guest book stays.
  await page.waitForFunction(() => document.querySelectorAll("iframe[name^=comet-]").length === 1);
});

scene("what one visitor signs, all see, as text", { example }, async ({ open }) => {
  const [ada, ben] = [await open("/"), await open("/")];
  await ada.fill("#message", "<b>Good</b> morning");
  await press(ada, "Sign");
  for (const page of [ada, ben, await open("/sijax")]) {
    await shows(page, "#entry-1", /^Ada<b>Good<\/b> morning$/);
  }
  await ada.waitForFunction(() => document.querySelector("#message").value === "");
});

scene("S-15 S-18 a form with a file is answered in two steps", { example }, async ({ open }) => {
  const page = await open("/");
  await page.setInputFiles("#file", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("abc") });
  await page.fill("#note", "Changed");
  await record(page, "#parcel-got");
  await press(page, "Send");
  await shows(page, "#parcel-got", /^“Changed” with a\.txt: 3 bytes, checksum 294\.$/);
  assert.equal((await page.evaluate(() => window.texts))[0], "“Changed” with a.txt: 3 bytes. Checking…");
  assert.equal(await page.inputValue("#note"), "With care", "the form is as it was");
  await shoot(page, "sijax");
});
