import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "grizzly";
const prototype = process.env.PROTOTYPE ?? "/usr/share/javascript/prototype/prototype.js";

/** Grizzly's counter page in its own terms: Prototype's requests, and its reading of `X-JSON`. */
const counterPage = `<!doctype html><title>Counter</title><script src="prototype.js"></script>
<p id="count"></p><button id="increment">Click</button>
<script>
  function poll() { new Ajax.Request("long_polling", { method: "get", onSuccess: answered, onFailure: poll }); }
  function answered(response, json) {
    if (response.responseText !== "success") throw new Error(response.responseText);
    $("count").update(json.counter);
    poll();
  }
  $("increment").observe("click", function () {
    new Ajax.Request("long_polling", { method: "post", onSuccess: function (response) { window.posted = response.responseText; } });
  });
  window.setTimeout(poll, 0);
</script>`;

scene("G-19 a counter page with Prototype counts in two browsers", { example }, async ({ open }) => {
  assert.ok(existsSync(prototype), `${prototype} is not there; tests/run.sh installs it`);
  const before = async (page) => {
    await page.route("**/prototype.js", (route) => route.fulfill({ path: prototype }));
    await page.route("**/counter-page", (route) => route.fulfill({ body: counterPage, contentType: "text/html" }));
  };
  // Of one browser the second would wait for the first: equal requests wait for each other in its cache.
  const waits = (page) => page.waitForRequest((request) => request.method() === "GET" && request.url().endsWith("/long_polling"));
  const pages = [];
  for (let page of [1, 2]) {
    let waiting;
    page = await open("/counter-page", { before: async (page) => before(page).then(() => void (waiting = waits(page))) });
    assert.match(await page.evaluate(() => Prototype.Version), /^1\./);
    await waiting;
    pages.push(page);
  }
  for (let clicks = 1; clicks <= 5; clicks++) {
    const again = pages.map(waits);
    await press(pages[clicks % 2], "Click");
    for (const page of pages) await shows(page, "#count", new RegExp(`^${clicks}$`));
    await Promise.all(again);
  }
  assert.equal(await pages[0].evaluate(() => posted), "success");
});

scene("G-20 held requests and both kinds of frames count alike", { example }, async ({ server, open }) => {
  const page = await open("/clicker");
  await page.waitForFunction(() => window.stream && frames.length === 2);
  for (const clicks of [1, 2]) {
    // Each of the three waits before the next click, or it would not see it, as it was with Grizzly.
    await waiting(server, 3);
    await press(page, "Click");
    for (const id of ["#polled", "#hidden", "#streamed"]) await shows(page, id, new RegExp(`^${clicks}$`));
  }
  await shoot(page, "grizzly-clicker");
});

/** Waits until so many follow the counter. */
async function waiting(server, most) {
  for (;;) {
    const reply = await fetch(`${server.url}/long_polling/waiting`);
    if ((await reply.json()) >= most) return;
  }
}

scene("G-20 the first who asks moderates, and is told who comes, of each delivery, and who leaves", { example }, async ({ open }) => {
  const enter = async (name, button) => {
    const page = await open("/hall");
    await page.fill("#name", name);
    await press(page, button);
    await page.waitForSelector("#say:visible");
    return page;
  };
  const ada = await enter("Ada", "Come in and moderate");
  const ben = await enter("Ben <b>", "Come in and moderate");
  await shows(ada, "#desk", /Ben <b>came in/);
  assert.ok(await ben.isHidden(".moderating"), "there is one moderator");
  await ben.fill("#text", "Hello, <i>all</i>");
  await press(ben, "Say it");
  for (const page of [ada, ben]) await shows(page, "#log", /Ben <b>Hello, <i>all<\/i>/);
  await shows(ada, "#desk", /Adawas told what Ben <b> said/);
  await shows(ada, "#desk", /Ben <b>was told what Ben <b> said/);
  await shoot(ada, "grizzly-hall");
  await press(ben, "Leave");
  await shows(ada, "#desk", /Ben <b>left/);
  await ben.waitForSelector("#enter:visible");
});

scene("G-20 words move for all others, and a followed wall shows", { example }, async ({ open }) => {
  const [one, two] = [await open("/words"), await open("/words")];
  for (const word of ["Comet", "Halley"]) {
    await one.fill("#text", word);
    await press(one, "Put it on the board");
    await shows(two, "#board", new RegExp(word));
  }
  await one.evaluate(() => {
    window.moves = 0;
    new MutationObserver(() => moves++).observe(document.querySelector(".word"), { attributeFilter: ["style"] });
  });
  const box = await one.locator(".word").first().boundingBox();
  await one.mouse.move(box.x + 5, box.y + 5);
  await one.mouse.down();
  await one.mouse.move(box.x + 150, box.y + 120, { steps: 8 });
  await one.mouse.up();
  const at = await one.locator(".word").first().getAttribute("style");
  await two.waitForFunction((at) => document.querySelector(".word").getAttribute("style") === at, at);
  const moves = await one.evaluate(() => moves);
  await two.locator(".word").first().press("ArrowDown");
  await one.waitForFunction((at) => document.querySelector(".word").getAttribute("style") !== at, at);
  assert.equal(await one.evaluate(() => moves), moves + 1, "a page does not hear of its own moves");
  await shoot(two, "grizzly-words");

  const read = async (who) => {
    const page = await open("/blog");
    await page.fill("#who", who);
    await press(page, "Log in");
    await page.waitForSelector("#post:visible");
    return page;
  };
  const [ada, ben] = [await read("ada"), await read("ben")];
  const write = async (page, text) => {
    await page.fill("#post", text);
    await press(page, "Write");
    await shows(page, "#timeline", new RegExp(text));
  };
  await write(ben, "before");
  await ada.fill("#whom", "ben");
  await press(ada, "Follow");
  await shows(ada, "#timeline", /before/);
  await write(ben, "after");
  await shows(ada, "#timeline", /^benafterbenbefore$/);
  await shoot(ada, "grizzly-blog");
});
