import assert from "node:assert/strict";
import { proxied } from "./harness/proxy.js";
import { scene } from "./harness/scene.js";

// Only silence tells that a frame was cut.
process.env.COMET_HEARTBEAT = "1s";

// A broken connection is an error on the console, whatever the client makes of it.
const app = { example: "browser-app", expected: /net::ERR_/ };

/** What goes over the wire of each transport. */
const wires = {
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
      const page = await open("/", { before });
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
