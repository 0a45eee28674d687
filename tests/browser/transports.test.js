import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "transports";
const seen = (page) => page.locator(".wires .seen").allTextContents();

async function all(page, text) {
  const panels = await page.locator(".wires tbody").count();
  await page.waitForFunction(
    ([text, panels]) => [...document.querySelectorAll(".seen")].filter((panel) => panel.textContent === text).length === panels,
    [text, panels],
  );
}

scene("every transport shows the same events, with what they cost", { example }, async ({ open }) => {
  const page = await open("/");
  await page.waitForFunction(() => document.querySelectorAll("[data-state=open]").length === 8);
  await page.waitForFunction(() => [...document.querySelectorAll(".opened")].every(({ textContent }) => Number(textContent) > 0));
  for (let pulse = 1; pulse <= 3; pulse++) await press(page, "Send a pulse");
  await all(page, "#1 #2 #3");
  await shows(page, "#same", /^All 8 have the same events\.$/);
  for (const latency of await page.locator(".latency").allTextContents()) assert.match(latency, /^\d+\.\d ms$/);
  for (const bytes of await page.locator(".bytes").allTextContents()) assert.match(bytes, /^[1-9]/);
  await shoot(page, "transports");
});

scene("a transport that was cut goes on where it was", { example }, async ({ server, open }) => {
  const page = await open("/");
  await page.waitForFunction(() => [...document.querySelectorAll(".opened")].every(({ textContent }) => Number(textContent) > 0));
  await press(page, "Send a pulse");
  await all(page, "#1");
  await press(page, "Cut all connections");
  const pulse = { method: "POST", headers: { "content-type": "application/json" }, body: '["elsewhere", 0]' };
  for (let missed = 0; missed < 3; missed++) await fetch(`${server.url}/pulses`, pulse);
  await all(page, "#1 #2 #3 #4");
  await press(page, "Cut Long poll");
  await press(page, "Send a pulse");
  await all(page, "#1 #2 #3 #4 #5");
  assert.equal(new Set(await seen(page)).size, 1);
});
