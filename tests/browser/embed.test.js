import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const embed = { example: "embed", args: ["127.0.0.1:0"] };

scene("an order through axum's own route shows on a page of Comet's", embed, async ({ server, open }) => {
  const page = await open("/");
  await shows(page, "#count", /^0$/);
  const reply = await fetch(`${server.url}/orders`, { method: "POST", body: new URLSearchParams({ dish: "pie" }) });
  assert.equal(await reply.text(), "The kitchen has it.\n");
  await shows(page, "#latest", /^pie$/);
  await press(page, "Order");
  await shows(page, "#latest", /^soup$/);
  await shows(page, "#count", /^2$/);
  await shoot(page, "embed");
});
