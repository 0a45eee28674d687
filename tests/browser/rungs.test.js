import assert from "node:assert/strict";
import { proxied } from "./harness/proxy.js";
import { scene } from "./harness/scene.js";

// Only silence tells that a frame was cut.
process.env.COMET_HEARTBEAT = "1s";

// A broken connection is an error on the console, whatever the client makes of it.
const app = { example: "browser-app", expected: /net::ERR_/ };

/** What goes over the wire of each transport. */
const wires = {
  websocket: ({ type }) => type === "websocket",
  sse: ({ headers }) => headers.accept === "text/event-stream",
  ndjson: ({ headers, type }) => headers.accept === "application/x-ndjson" && type === "fetch",
  xhr: ({ headers, type }) => headers.accept === "application/x-ndjson" && type === "xhr",
  longpoll: ({ headers, method }) => headers.accept === "application/json" && method === "POST",
  jsonp: ({ url, type }) => url.includes("transport=jsonp") && type === "script",
  frame: ({ url, type }) => url.includes("transport=frame") && type === "document",
};

for (const [transport, isIts] of Object.entries(wires)) {
  scene(`${transport} delivers under a strict policy, and resumes where it was cut`, app, async ({ server, open }) => {
    const proxy = await proxied(server.url);
    try {
      const requests = [];
      const before = (page) =>
        page.on("request", (request) => {
          if (!request.url().includes("/comet/events")) return;
          requests.push({
            url: request.url(),
            method: request.method(),
            type: request.resourceType(),
            headers: request.headers(),
          });
        });
      const sockets = (page) =>
        page.on("websocket", (socket) => {
          requests.push({ url: socket.url(), type: "websocket", headers: {} });
        });
      const page = await open("/", { before: (page) => (before(page), sockets(page)) });
      await page.goto(proxy.url);
      await page.waitForFunction(() => window.follow);
      const say = (from, to) =>
        page.request.post(`${server.url}/comet/call/say`, { data: { room: "a", from, to } });
      await say(1, 3);
      await page.evaluate((transport) => {
        comet.configure({ transport });
        return new Promise((resolve) => follow("rooms/a", { history: 2, onState: (s) => s === "running" && resolve() }));
      }, transport);
      await say(4, 6);
      await page.waitForFunction(() => heard.at(-1) === 6);
      proxy.cut();
      await say(7, 30);
      await page.waitForFunction(() => heard.at(-1) === 30);
      const all = Array.from({ length: 29 }, (_, index) => index + 2);
      assert.deepEqual(await page.evaluate(() => [heard, gaps]), [all, []]);
      const strangers = requests.filter((request) => !isIts(request));
      assert.deepEqual(strangers.map(({ url, type }) => [url, type]), [], "no other transport was used");
      assert.ok(requests.length > 1);
      for (const { url } of requests) assert.match(new URL(url).searchParams.get("client"), /^[\d-]{22,64}$/);
    } finally {
      proxy.close();
    }
  });
}

scene("a call goes over the WebSocket that channels come by, and by fetch where there is none", app, async ({ open }) => {
  const calls = [];
  const before = (page) => page.on("request", (request) => request.url().includes("/comet/call/") && calls.push(request.url()));
  const page = await open("/", { before });
  await page.waitForFunction(() => window.follow);
  const value = await page.evaluate(async () => {
    comet.configure({ transport: "websocket" });
    await new Promise((resolve) => follow("rooms/call", { onState: (s) => s === "running" && resolve() }));
    const unknown = await comet.call("sai").catch(({ kind, status }) => [kind, status]);
    return [await comet.call("say", { room: "call", from: 1, to: 3 }), unknown];
  });
  assert.deepEqual(value, [null, ["refused", 404]]);
  await page.waitForFunction(() => heard.at(-1) === 3);
  assert.deepEqual(calls, []);
  const other = await open("/", { before });
  await other.waitForFunction(() => window.follow);
  await other.evaluate(() => comet.call("say", { room: "call", from: 4, to: 4 }));
  assert.equal(calls.length, 1);
  await page.waitForFunction(() => heard.at(-1) === 4);
});

const refused = { ...app, expected: /net::ERR_|WebSocket connection/ };

scene("a proxy that refuses WebSocket upgrades takes the page to server-sent events, and loses nothing", refused, async ({ server, open }) => {
  const proxy = await proxied(server.url, { refuses: /^upgrade: websocket/im });
  try {
    const page = await open(proxy.url);
    await page.waitForFunction(() => window.follow);
    const say = (from, to) => page.request.post(`${server.url}/comet/call/say`, { data: { room: "u", from, to } });
    await say(1, 3);
    const isSse = (request) => request.headers().accept === "text/event-stream";
    const [request] = await Promise.all([
      page.waitForRequest((request) => request.url().includes("/comet/events") && isSse(request)),
      page.evaluate(() => {
        comet.configure({ transport: "websocket" });
        follow("rooms/u", { history: 2 });
      }),
    ]);
    assert.match(request.url(), /rooms%2Fu|rooms\/u/);
    await page.waitForFunction(() => heard.at(-1) === 3);
    proxy.cut();
    await say(4, 20);
    await page.waitForFunction(() => heard.at(-1) === 20);
    assert.deepEqual(await page.evaluate(() => [heard, gaps]), [Array.from({ length: 19 }, (_, index) => index + 2), []]);
  } finally {
    proxy.close();
  }
});

scene("a morph keeps the focus, the selection, what was typed and how far it was scrolled", { example: "browser-app" }, async ({ open }) => {
  const page = await open("/");
  await page.waitForFunction(() => window.comet);
  const draw = (title, setType) =>
    page.evaluate(
      ([title, setType]) => {
        const rows = Array.from({ length: 50 }, (_, row) => `<li>${title} ${row}</li>`).join("");
        const list = `<ol id=rows class=list>${rows}</ol>`;
        const html = `<h1>${title}</h1><input id=typed>${list}`;
        return comet.apply([{ type: "html", selector: "#t", html, setType }]);
      },
      [title, setType],
    );
  await draw("before", "replace");
  await page.addStyleTag({ content: "#rows { height: 50px; overflow: auto }" });
  await page.fill("#typed", "half a sentence");
  await page.evaluate(() => {
    typed.setSelectionRange(5, 8);
    rows.scrollTop = 120;
    window.same = [typed, rows];
  });
  await draw("after", "morph");
  const now = await page.evaluate(() => ({
    title: document.querySelector("h1").textContent,
    isSame: same[0] === typed && same[1] === rows,
    focus: document.activeElement.id,
    text: typed.value,
    selection: [typed.selectionStart, typed.selectionEnd],
    scrolled: rows.scrollTop,
  }));
  assert.deepEqual(now, { title: "after", isSame: true, focus: "typed", text: "half a sentence", selection: [5, 8], scrolled: 120 });
});
