import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "camera";

/** What the picture shows at this moment, as one text. */
const seen = (page) => page.evaluate(() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 225 });
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL();
});

/** Waits until the picture is another one. */
async function moved(page) {
  const before = await seen(page);
  for (let tries = 0; tries < 100; tries++) {
    const now = await seen(page);
    if (now !== before) return now;
    await page.evaluate(() => new Promise((next) => setTimeout(next, 100)));
  }
  assert.fail("the picture stands still");
}

scene("the picture moves, and no script of the page moves it", { example, expected: /ERR_FAILED/ }, async ({ server, open }) => {
  const page = await open("/", { before: (page) => page.route("**/*.js", (route) => route.abort()) });
  await page.waitForFunction(() => picture.naturalWidth === 400);
  const pictures = new Set([await moved(page), await moved(page), await moved(page)]);
  assert.equal(pictures.size, 3);
  assert.equal(await (await fetch(`${server.url}/camera/watching`)).json(), 1);
  await shoot(page, "camera");
});

scene("who looks away is not drawn for, and sees the sky again on looking back", { example }, async ({ open }) => {
  const page = await open("/");
  await moved(page);
  await press(page, "Look away");
  await shows(page, "#watching", /^0$/);
  await press(page, "Look away");
  await shows(page, "#watching", /^1$/);
  await moved(page);
});
