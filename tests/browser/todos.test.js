import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

process.env.TODOS_DB = ":memory:";
const example = "todos";
const list = (page) => page.locator("#todos").evaluate((all) => [...all.children].map((row) => [
  row.dataset.id, row.querySelector("span").textContent, row.querySelector("input").checked,
]));

async function add(page, title) {
  await page.fill("#title", title);
  await press(page, "Add");
}

scene("two browsers show the same list, however it changes", { example }, async ({ open }) => {
  const [ada, ben] = [await open("/?list=trip"), await open("/?list=trip")];
  await add(ada, "Pack <b>warm</b> things");
  await shows(ben, "#todos li:nth-child(1) span", /^Pack <b>warm<\/b> things$/);
  await add(ben, "Find the comet");
  await shows(ada, "#todos li:nth-child(2) span", /^Find the comet$/);
  await add(ada, "Tell nobody");
  await ben.getByRole("checkbox", { name: "Find the comet" }).check();
  await shoot(ben, "todos");
  await ben.getByRole("button", { name: "Remove Tell nobody" }).click();
  for (const page of [ada, ben]) await shows(page, "#left", /^1 of 2 to do$/);
  const expected = [["1", "Pack <b>warm</b> things", false], ["2", "Find the comet", true]];
  const late = await open("/?list=trip");
  for (const page of [ada, ben, late]) assert.deepEqual(await list(page), expected);
  assert.equal(await late.locator("#todos b").count(), 0, "markup in a title is text");
  assert.deepEqual(await list(await open("/?list=other")), [], "another list is another list");
});

scene("what happens between rendering and connecting is neither missed nor doubled", { example }, async ({ server, open }) => {
  const call = (title) => fetch(`${server.url}/comet/call/todos_add`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(["gap", title]),
  });
  await call("rendered");
  const before = (page) => page.route("**/todos.js", async (route) => {
    assert.equal((await call("meanwhile")).status, 204);
    await route.continue();
  });
  const page = await open("/?list=gap", { before });
  await call("live");
  await shows(page, "#todos li:nth-child(3) span", /^live$/);
  assert.deepEqual((await list(page)).map(([, title]) => title), ["rendered", "meanwhile", "live"]);
});

scene("who was away for too long loads the list anew", { example }, async ({ server, open }) => {
  const page = await open("/?list=long");
  await add(page, "first");
  await shows(page, "#todos li span", /^first$/);
  await page.context().setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  const call = (name, args) => fetch(`${server.url}/comet/call/${name}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(args),
  });
  for (let turn = 0; turn < 300; turn++) await call("todos_check", [1, turn % 2 === 0]);
  await call("todos_add", ["long", "second"]);
  const anew = page.waitForRequest("**/todos/long/all");
  await page.context().setOffline(false);
  await anew;
  await shows(page, "#left", /^2 of 2 to do$/);
});

scene("a refusal is told where it was caused", { example, expected: /404/ }, async ({ open }) => {
  const [ada, ben] = [await open("/?list=rash"), await open("/?list=rash")];
  await add(ada, "only one");
  await shows(ben, "#left", /^1 of 1/);
  await ben.evaluate(() => (document.querySelector("#todos li").dataset.id = "77"));
  await ben.getByRole("checkbox").check();
  await shows(ben, "#trouble", /^there is no todo 77$/);
});
