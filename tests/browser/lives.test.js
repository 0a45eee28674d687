import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { press, shows } from "./harness/chromium.js";
import { proxied } from "./harness/proxy.js";
import { scene } from "./harness/scene.js";

const app = { example: "browser-app" };
const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);

const post = (server, call, data) => fetch(`${server.url}/comet/call/${call}`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(data),
});
const say = (server, from, to) => post(server, "say", { room: "a", from, to });
const readers = async (server) => (await (await post(server, "readers", { room: "a", desk: 1 })).json())[0];

/** A page that follows the room `a`. */
async function following(given, { path = "/", ...options } = {}) {
  const page = await given.open(path, options);
  await given.until(() => page.evaluate(() => Boolean(window.follow)));
  await page.evaluate(() => new Promise((resolve) => follow("rooms/a", { onState: (s) => s === "running" && resolve() })));
  return page;
}

/** Waits until the page has heard up to this number, each once and in order. */
async function heard({ until }, page, last) {
  await until(async () => (await page.evaluate(() => heard.at(-1))) === last);
  assert.deepEqual(await page.evaluate(() => [heard, gaps]), [upTo(last), []]);
}

// The policy tells of the handler that is not run.
const broken = { ...app, expected: /net::ERR_|inline event handler/ };

scene("a page without a line of script follows a channel, and shows how it is connected", broken, async ({ server, open }) => {
  await post(server, "word", { place: "source", html: "<li>zero</li>", count: 0 });
  const proxy = await proxied(server.url);
  const page = await open(`${proxy.url}/source`);
  await shows(page, "b", /^0$/);
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector("comet-source")).color);
  assert.equal(await colour(), "rgb(0, 0, 2)");
  await post(server, "word", { place: "source", html: "<li>one<img src=x: onerror='document.title=1'></li>", count: 1 });
  await post(server, "word", { place: "source", html: "<li>two</li><script>document.title = 2</script>", count: 2 });
  await shows(page, "b", /^2$/);
  assert.equal(await page.locator("ul").innerHTML(), '<li>one<img src="x:"></li><li>two</li>');
  assert.equal(await page.title(), "Source");
  proxy.leave();
  await page.locator("comet-source[state=waiting]").waitFor();
  assert.equal(await colour(), "rgb(0, 0, 1)");
  await post(server, "word", { place: "source", html: "<li>three</li>", count: 3 });
  await proxy.comeBack();
  await shows(page, "b", /^3$/);
  assert.equal(await colour(), "rgb(0, 0, 2)");
  proxy.close();
});

scene("a page without modules has the client as a global", app, async ({ open }) => {
  const page = await open("/classic");
  await page.evaluate(() => new Promise((resolve) => comet.subscribe("words/classic", () => {}, { onState: (s) => s === "running" && resolve() })));
  await press(page, "Say");
  await page.waitForFunction(() => heard.at(-1) === 7);
});

scene("a page that is kept for the way back has missed nothing when it is there again", { ...app, engine: "plain" }, async (given) => {
  const page = await following(given, { path: "/kept" });
  await say(given.server, 1, 3);
  await heard(given, page, 3);
  await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => (window.wasKept = persisted)));
  await page.goto(`${given.server.url}/source`);
  await given.until(async () => (await readers(given.server)) === 0);
  await say(given.server, 4, 6);
  const session = await page.createCDPSession();
  await session.send("Page.enable");
  const isBack = new Promise((resolve) => session.once("Page.frameNavigated", resolve));
  await page.evaluate(() => void setTimeout(() => history.back()));
  assert.equal((await isBack).type, "BackForwardCacheRestore");
  await heard(given, page, 6);
  assert.equal(await page.evaluate(() => window.wasKept), true);
  await say(given.server, 7, 7);
  await heard(given, page, 7);
});

scene("a hidden page pauses where it says so, and has missed nothing when it is seen again", { ...app, engine: "plain" }, async (given) => {
  const page = await following(given);
  await page.evaluate(() => comet.configure({ pauseHidden: true }));
  await say(given.server, 1, 3);
  await heard(given, page, 3);
  const other = await given.open("/source", { beside: page });
  await other.bringToFront();
  await given.until(async () => (await readers(given.server)) === 0);
  assert.equal(await page.evaluate(() => document.visibilityState), "hidden");
  await say(given.server, 4, 6);
  await page.bringToFront();
  await heard(given, page, 6);
});

const refused = { ...app, expected: /503/ };

scene("a page whose first request for a module of the client fails follows all the same", refused, async (given) => {
  let asked = 0;
  const before = (page) => page.route("**/comet/channels.js*", (route) =>
    asked++ ? route.continue() : route.fulfill({ status: 503, body: "later" }));
  const page = await following(given, { before });
  await say(given.server, 1, 3);
  await heard(given, page, 3);
  assert.equal(asked, 2);
});

scene("a link that is a download ends no stream: firefox", { ...app, engine: "firefox" }, async (given) => {
  const file = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream", "content-disposition": "attachment; filename=x" });
    response.end("x");
  });
  file.listen(0, "127.0.0.1");
  await once(file, "listening");
  try {
    const page = await following(given);
    await say(given.server, 1, 3);
    await heard(given, page, 3);
    const downloaded = once(file, "request");
    await page.evaluate((href) => {
      const link = Object.assign(document.createElement("a"), { href, textContent: "file" });
      document.body.append(link);
      link.click();
    }, `http://127.0.0.1:${file.address().port}/`);
    await downloaded;
    await say(given.server, 4, 6);
    await heard(given, page, 6);
  } finally {
    file.close();
  }
});
