import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "upload";

scene("A-14 the bar moves while the file goes up, and ends where it does", { example }, async ({ open }) => {
  const page = await open("/");
  await page.evaluate(() => {
    window.bars = [];
    new MutationObserver(() => bars.push(bar.value)).observe(bar, { attributes: true });
  });
  await page.locator("#file").setInputFiles({ name: "zeros", mimeType: "", buffer: Buffer.alloc(2 << 20) });
  await press(page, "Upload");
  await shows(page, "#said", /^2,097,152 of 2,097,152 bytes$/);
  const bars = await page.evaluate(() => window.bars);
  assert.equal(bars.at(-1), 1);
  assert.ok(bars.some((value) => value > 0 && value < 1), `it went up in one step: ${bars}`);
  assert.deepEqual(bars, bars.toSorted((a, b) => a - b), "it never goes back");
  await shoot(page, "upload");
});
