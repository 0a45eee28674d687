import assert from "node:assert/strict";
import { shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

scene("an order through axum's own route shows on a page of Comet's", { example: "embed" }, async ({ server, open }) => {
  const page = await open("/");
  await shows(page, "#count", /^0$/);
  const reply = await fetch(`${server.url}/orders`, { method: "POST", body: new URLSearchParams({ dish: "pie" }) });
  assert.equal(await reply.text(), "The kitchen has it.\n");
  await shows(page, "#latest", /^pie$/);
  await page.click("text=Order");
  await shows(page, "#latest", /^soup$/);
  await shows(page, "#count", /^2$/);
  await shoot(page, "embed");
});
