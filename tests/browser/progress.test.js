import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "progress";

/** Notes, at every frame that is painted from now on, how wide the handler has made the bar. */
async function recordFrames(page) {
  await page.evaluate(() => {
    const widths = (window.widths = new Set());
    const bar = document.getElementById("bar");
    const note = () => {
      widths.add(bar.style.width);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
}

scene("the bar is painted in at least 20 states", { example }, async ({ open }) => {
  const page = await open("/");
  await recordFrames(page);
  await press(page, "Import 500 rows");
  await shows(page, "#status", /^2\d\d of 500/);
  await shoot(page, "progress");
  await shows(page, "#result", /^Done: 500 rows are in\.$/);
  const painted = await page.evaluate(() => window.widths.size);
  assert.ok(painted >= 20, `${painted} states were painted`);
  assert.equal(await page.locator("#bar").evaluate((bar) => bar.style.width), "100%");
});

scene("cancelling drops the handler in the middle", { example }, async ({ server, open }) => {
  const page = await open("/");
  await press(page, "Import 500 rows");
  await shows(page, "#status", /^\d\d of 500/);
  await press(page, "Cancel");
  const [, row] = await server.line(/progress: stopped at (\d+)/);
  assert.ok(Number(row) < 500, `stopped at ${row}`);
  assert.equal(await page.locator("#result").textContent(), "");
});

scene("closing the tab drops the handler within 100 ms", { example }, async ({ server, open }) => {
  const page = await open("/");
  await press(page, "Import 500 rows");
  await shows(page, "#status", /^\d\d of 500/);
  const stopped = server.line(/progress: stopped at (\d+)/).then(([, row]) => [Number(row), performance.now()]);
  await page.close();
  const closed = performance.now();
  const [row, ended] = await stopped;
  assert.ok(row < 500, `stopped at ${row}`);
  assert.ok(ended - closed < 100, `stopped ${Math.round(ended - closed)} ms after the tab was gone`);
});

scene("a forever frame leaves the page as NDJSON does", { example }, async ({ open }) => {
  const left = [];
  for (const transport of ["ndjson", "frame"]) {
    const page = await open("/");
    await page.evaluate(async (transport) => {
      const { comet } = await import("./comet/comet.js");
      await comet.call("import", { rows: 50 }, { transport });
    }, transport);
    await shows(page, "#result", /^Done: 50 rows are in\.$/);
    left.push(await page.locator(".live").innerHTML());
    assert.equal(await page.locator("iframe").count(), 0, `${transport} leaves no frame behind`);
  }
  assert.equal(left[1], left[0]);
});
