import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

process.env.TODOS_DB = ":memory:";

const titles = (page, list) =>
  page.locator(list).evaluate((all) => [...all.children].map((row) => row.querySelector("span").textContent));

scene("R-16 a page of Roots and one of Comet show one list", { example: "roots" }, async ({ server, open }) => {
  const [old, own] = [await open("/"), await open("/todos?list=home")];
  await shows(old, "#left", /^0 of 0 to do$/);
  await old.fill("#title", "Feed the <i>thestrals</i>");
  await press(old, "Add");
  await shows(own, "#todos li span", /^Feed the <i>thestrals<\/i>$/);
  await own.fill("#title", "Answer the owl");
  await press(own, "Add");
  await shows(old, "#tasks li:nth-child(2) span", /^Answer the owl$/);
  await own.getByRole("checkbox", { name: "Answer the owl" }).check();
  await shows(old, "#left", /^1 of 2 to do$/);
  await shoot(old, "roots");
  await press(old, "Stop following");
  await shows(old, "#heard li:first-child", /^todos\/home is left$/);
  await own.getByRole("button", { name: "Remove Answer the owl" }).click();
  await press(old, "Follow again");
  await shows(old, "#left", /^1 of 1 to do$/);
  // Another program publishes, as Cornelius does.
  const body = JSON.stringify([{ path: "todos/home", message: '{"deleted":{"id":1}}' }]);
  const reply = await fetch(server.url, { method: "POST", body });
  assert.equal(await reply.text(), "{success:true}");
  await shows(old, "#left", /^0 of 0 to do$/);
  await shows(own, "#left", /^0 of 0 to do$/);
  assert.deepEqual([await titles(old, "#tasks"), await titles(own, "#todos")], [[], []]);
});
