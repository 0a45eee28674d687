import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "chat";
const said = (page) => page.locator("#said li").allInnerTexts();

async function say(page, name, text) {
  await page.fill("#name", name);
  await page.fill("#text", text);
  await press(page, "Say it");
}

scene("two in a room hear each other, and who comes later hears both", { example }, async ({ open }) => {
  const [ada, ben] = [await open("/"), await open("/")];
  for (const page of [ada, ben]) await shows(page, "#here", /^2 here$/);
  await say(ada, "Ada", "Did you <b>see</b> it?");
  await shows(ben, "#said li:nth-child(1)", /^Ada.*see/);
  await say(ben, "Ben", "Twice!");
  await shows(ada, "#said li:nth-child(2)", /^Ben.*Twice!$/);
  const late = await open("/");
  await shows(late, "#said li:nth-child(2)", /^Ben/);
  const all = await said(ada);
  assert.deepEqual(await said(ben), all);
  assert.deepEqual(await said(late), all);
  assert.equal(await late.locator("#said b").count(), 0, "markup in a message is text");
  await shoot(ada, "chat");
});

scene("another room is another conversation", { example }, async ({ open }) => {
  const [ada, ben] = [await open("/#kitchen"), await open("/")];
  await say(ada, "Ada", "Tea is ready");
  await shows(ada, "#said li", /Tea is ready/);
  await say(ben, "Ben", "Where is everybody?");
  await shows(ben, "#said li", /everybody/);
  await shows(ben, "#here", /^1 here$/);
  await ben.getByRole("link", { name: "kitchen" }).click();
  await shows(ben, "#said li", /Tea is ready/);
  assert.equal((await said(ben)).length, 1);
  assert.equal(await ben.getByRole("link", { name: "kitchen" }).getAttribute("aria-current"), "page");
});

scene("the long poll answers only when somebody else says something", { example }, async ({ open }) => {
  const answers = [];
  let waiting;
  const before = (page) => {
    waiting = page.waitForRequest(/others\?.*after/);
    page.on("response", (reply) => /others\?.*after/.test(reply.url()) && answers.push(reply.url()));
  };
  const [ada, ben] = [await open("/", { before }), await open("/")];
  await waiting;
  const name = await ada.inputValue("#name");
  await say(ada, name, "Hello?");
  await shows(ada, "#said li", /Hello\?/);
  assert.deepEqual(answers, [], "not to one's own message");
  await say(ben, "Ben", "Hello!");
  await shows(ada, "#others", /^Ben said something$/);
  assert.equal(answers.length, 1);
});
