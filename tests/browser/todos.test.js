import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

process.env.TODOS_DB = ":memory:";
const example = "todos";
const list = (page) => page.locator("#todos").evaluate((all) => [...all.children].map((row) => [
  row.dataset.id, row.querySelector("span").textContent, row.querySelector("input").checked,
]));

/** Calls a handler as another program would. */
const caller = ({ url }) => async (name, args) => {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${url}/comet/call/todos_${name}`, { method: "POST", headers, body: JSON.stringify(args) });
  assert.equal(reply.status, 204);
};

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
  const call = caller(server);
  await call("add", ["gap", "rendered"]);
  const before = (page) => page.route("**/todos.js", async (route) => {
    await call("add", ["gap", "meanwhile"]);
    await route.continue();
  });
  const page = await open("/?list=gap", { before });
  await call("add", ["gap", "live"]);
  await shows(page, "#todos li:nth-child(3) span", /^live$/);
  assert.deepEqual((await list(page)).map(([, title]) => title), ["rendered", "meanwhile", "live"]);
});

scene("who missed more than is kept loads the list anew", { example }, async ({ server, open }) => {
  const call = caller(server);
  await call("add", ["long", "first"]);
  let connect;
  const missed = new Promise((resolve) => (connect = resolve));
  const before = (page) => page.route("**/comet/events*", (route) => missed.then(() => route.continue()));
  const page = await open("/?list=long", { before });
  await shows(page, "#left", /^1 of 1 to do$/);
  for (let turn = 0; turn < 300; turn++) await call("check", [1, turn % 2 === 0]);
  await call("add", ["long", "second"]);
  const anew = page.waitForRequest("**/comet/call/todos_snapshot");
  connect();
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
