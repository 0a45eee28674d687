import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const directory = mkdtempSync(join(tmpdir(), "comet-messenger-"));
process.env.MESSENGER_DB = join(directory, "db");
after(() => rmSync(directory, { recursive: true }));
const example = "messenger";

/** Opens a page as somebody who comes in. */
async function enter(open, path, name) {
  const page = await open(path);
  await page.fill("#me", name);
  await press(page, "Come in");
  await shows(page, "strong#me", new RegExp(`^${name}$`));
  return page;
}

async function tell(page, to, title, sticky = false) {
  await page.fill("#to", to);
  await page.fill("#title", title);
  await page.getByLabel("Keep it until it is dismissed").setChecked(sticky);
  await press(page, "Tell");
  await page.waitForFunction(() => document.querySelector("#title").value === "");
}

const texts = (page, selector) => page.locator(selector).allTextContents();

scene("O-15 O-17 a notification is shown on every page, and after a reload until it is acknowledged", { example }, async ({ open, until }) => {
  const ann = await enter(open, "/notifications", "ann");
  const beside = await open("/notifications", { beside: ann });
  const ben = await enter(open, "/notifications", "ben");
  await tell(ben, "ann", "Tea is <b>ready</b>");
  await tell(ben, "ann", "Water the plants", true);
  for (const page of [ann, beside]) {
    await shows(page, "#shown li:nth-child(2)", /^Water the plantsDismiss$/);
    assert.deepEqual(await texts(page, "#shown label"), ["Tea is <b>ready</b>", "Water the plants"]);
  }
  await shoot(ann, "notifications");
  await ann.reload();
  await shows(ann, "#shown li:nth-child(1)", /^Water the plantsDismiss$/);
  assert.deepEqual(await texts(ann, "#shown label"), ["Water the plants"]);
  await press(ann, "Dismiss");
  await until(async () => !(await ann.locator("#shown li").count()));
  await ann.reload();
  await tell(ann, "ann", "The last");
  await shows(ann, "#shown li", /^The last$/);
});

scene("O-11 the next request waits until a notification is acknowledged", { example }, async ({ open }) => {
  const page = await enter(open, "/notifications", "cat");
  let acknowledge;
  const held = new Promise((resolve) => (acknowledge = resolve));
  await page.route("**/comet/call/delivered", (route) => held.then(() => route.continue()));
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await tell(page, "cat", "Listen");
  await shows(page, "#shown li", /^Listen$/);
  assert.equal(requests.filter((path) => path === "/notification").length, 0, "no second request yet");
  const next = page.waitForRequest("**/notification?seen=*");
  acknowledge();
  await next;
});

scene("O-17 a message is on all pages of both, and the title counts what is unread", { example }, async ({ open }) => {
  const [dan, eve] = [await enter(open, "/messenger", "dan"), await enter(open, "/messenger", "eve")];
  await shows(dan, "#people", /● eve/);
  await dan.fill("#to", "eve");
  await dan.fill("#text", "Hello, <i>Eve</i>");
  await press(dan, "Send");
  for (const page of [dan, eve]) await shows(page, "#said li", /^danHello, <i>Eve<\/i>$/);
  const late = await open("/messenger", { beside: eve });
  await shows(late, "#said li", /^danHello/);
  // Looks elsewhere: at somebody who is not there.
  for (const page of [eve, late]) await page.evaluate(() => (location.hash = "#nobody"));
  await dan.fill("#text", "Are you there?");
  await press(dan, "Send");
  for (const page of [eve, late]) await page.waitForFunction(() => document.title === "(1) Messenger · Comet");
  await shows(eve, "#people", /● dan \(1\)/);
  await shoot(eve, "messenger");
  await late.bringToFront();
  await late.getByRole("link", { name: "dan" }).click();
  for (const page of [eve, late]) await page.waitForFunction(() => document.title === "Messenger · Comet");
});
