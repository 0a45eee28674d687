import assert from "node:assert/strict";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "jobs";
const attack = "<img src=x onerror=\"window.hit = true\"><script>window.hit = true</script>";

async function say(page, name, message) {
  await page.fill("#name", name);
  await page.fill("#message", message);
  await press(page, "Shout");
}

scene("what one visitor says, all see, also those who come later", { example }, async ({ open }) => {
  const [ada, ben] = [await open("/shoutbox"), await open("/shoutbox")];
  await say(ada, "Ada", "Good morning!");
  for (const page of [ada, ben, await open("/shoutbox")]) {
    await shows(page, "#shout-1", /^Ada\s*Good morning!$/);
  }
  await ada.waitForFunction(() => document.querySelector("#message").value === "");
  assert.equal(await ada.evaluate(() => document.activeElement.id), "message", "ready for the next message");
  await shoot(ben, "shoutbox");
});

scene("markup in a shout stays text", { example }, async ({ open }) => {
  const page = await open("/shoutbox");
  await say(page, "<b>Eve</b>", attack);
  await say(page, "last", "one");
  await shows(page, "#shout-2 strong", /^last$/);
  assert.equal(await page.locator("#shout-1 strong").textContent(), "<b>Eve</b>");
  assert.equal(await page.locator("#shout-1 span").textContent(), attack);
  assert.equal(await page.locator("#shouts img, #shouts script, #shouts b").count(), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
});

scene("an empty message is answered with an alert", { example }, async ({ open }) => {
  const page = await open("/shoutbox");
  const said = new Promise((resolve) => {
    page.once("dialog", async (dialog) => {
      await dialog.accept();
      resolve(dialog.message());
    });
  });
  await press(page, "Shout");
  assert.equal(await said, "Say something first.");
});

scene("a call without the page's token is refused", { example }, async ({ server, open }) => {
  const body = JSON.stringify({ name: "Eve", message: "Buy this!" });
  const headers = { "content-type": "application/json", accept: "application/json" };
  const reply = await fetch(`${server.url}/comet/call/shout`, { method: "POST", headers, body });
  assert.equal(reply.status, 403);
  const page = await open("/shoutbox");
  await say(page, "Ada", "Good morning!");
  await shows(page, "#shout-1 strong", /^Ada$/);
  assert.equal(await page.locator("#shouts li").count(), 1);
});
