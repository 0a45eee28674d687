import assert from "node:assert/strict";
import { shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "ticker";

scene("the chart is drawn from the events, old and new", { example }, async ({ open }) => {
  const page = await open("/");
  await shows(page, "#price", /^\d+\.\d\d$/);
  await page.waitForFunction(() => line.getAttribute("d").split("L").length === 120);
  const drawn = await page.locator("#line").getAttribute("d");
  await page.waitForFunction((drawn) => line.getAttribute("d") !== drawn, drawn);
  await shows(page, "#clock", /^[1-9]/);
  await shoot(page, "ticker");
});

scene("another symbol starts another stream and ends the first", { example }, async ({ open }) => {
  const page = await open("/");
  await shows(page, "#price", /^1[0-9][0-9]\./);
  await page.selectOption("#symbol", "MOON");
  await shows(page, "#price", /^[56]\d\./);
  await page.waitForFunction(() => line.getAttribute("d").split("L").length === 120);
  assert.match(await page.locator("#range").textContent(), /^[56]\d\.\d\d to [56]\d\.\d\d$/);
});
