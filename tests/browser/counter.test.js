import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "counter";

scene("a click in one page counts in the other, by both ways", { example }, async ({ server, open }) => {
  const [ada, ben] = [await open("/"), await open("/")];
  for (const page of [ada, ben]) {
    await shows(page, "#polled", /^0$/);
    await shows(page, "#streamed", /^0$/);
  }
  await press(ada, "Click");
  await press(ben, "Click");
  assert.equal((await fetch(`${server.url}/clicks`, { method: "POST" })).status, 204);
  for (const page of [ada, ben]) {
    await shows(page, "#polled", /^3$/);
    await shows(page, "#streamed", /^3$/);
  }
  assert.equal(await ada.locator("iframe").count(), 1, "one frame does it all");
  await shoot(ada, "counter");
});

scene("clicks between two polls are told one after the other", { example }, async ({ server, open }) => {
  const page = await open("/");
  await shows(page, "#polled", /^0$/);
  await page.evaluate(() => {
    window.told = [];
    new MutationObserver(() => told.push(polled.textContent)).observe(polled, { childList: true });
  });
  await Promise.all(Array.from({ length: 5 }, () => fetch(`${server.url}/clicks`, { method: "POST" })));
  await shows(page, "#polled", /^5$/);
  assert.deepEqual(await page.evaluate(() => told), ["1", "2", "3", "4", "5"]);
});
