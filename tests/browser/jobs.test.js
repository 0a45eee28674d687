import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "jobs";

scene("a job draws its bar, and waiting for it answers at its end", { example }, async ({ open }) => {
  const page = await open("/");
  await page.fill("#file", "<i>thesis</i>.tex");
  await press(page, "Start");
  await shows(page, "#job-1 .file", /^1: <i>thesis<\/i>\.tex$/);
  await press(page, "Wait for it");
  await shows(page, "#outcome", /^Waiting for job 1/);
  await shoot(page, "jobs");
  await shows(page, "#outcome", /is done: 17 pages\.$/);
  await shows(page, "#job-1 .percent", /^100 %$/);
});

scene("a job goes on after its page has gone", { example }, async ({ open }) => {
  const page = await open("/");
  await press(page, "Start");
  await shows(page, "#job-1 .percent", /^\d+ %$/);
  await page.reload();
  await press(page, "Wait for it");
  await shows(page, "#outcome", /^thesis\.tex is done: 10 pages\.$/);
});

scene("a number without a job is refused", { example, expected: /404/ }, async ({ open }) => {
  const page = await open("/");
  await page.fill("#job", "77");
  await press(page, "Wait for it");
  await shows(page, "#outcome", /^there is no job 77$/);
});
