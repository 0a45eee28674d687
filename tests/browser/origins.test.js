// What a page of another origin gets: public channels by a script, and nothing else.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { scene } from "./harness/scene.js";

// Whatever a browser refuses to hand over it complains about.
const app = { example: "browser-app", expected: /./ };

/** Serves an empty page on another port, by two names: of the same site as the app, and of another one. */
async function elsewhere() {
  const server = createServer((_, reply) => {
    reply.setHeader("content-type", "text/html");
    reply.end("<!doctype html><title>Elsewhere</title><link rel=icon href=data:><body>");
  });
  server.listen(0);
  await once(server, "listening");
  const { port } = server.address();
  return { pages: [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`], close: () => server.close() };
}

/** Runs in the page: what a script with this address calls back with. */
const byScript = (page, url) =>
  page.evaluate(
    (url) =>
      new Promise((resolve) => {
        window.callback = resolve;
        const script = Object.assign(document.createElement("script"), { src: `${url}&_=${Math.random()}` });
        script.onerror = () => resolve("an error");
        document.head.append(script);
      }),
    url,
  );

/** Runs in the page: everything that might read the channel at this address, and what it got. */
const everything = async (url) => {
  const text = async (options) => (await fetch(url, options)).text();
  const as = (transport) => url.replace("longpoll", transport);
  const attempts = {
    fetch: () => text({}),
    "fetch with cookies": () => text({ credentials: "include" }),
    "fetch without CORS": () => text({ mode: "no-cors", credentials: "include" }),
    "a poll": () => text({ method: "POST", headers: { accept: "application/json" } }),
    XMLHttpRequest: () =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.withCredentials = true;
        request.onloadend = () => resolve(request.responseText);
        request.open("GET", url);
        request.send();
      }),
    EventSource: () =>
      new Promise((resolve) => {
        const source = new EventSource(as("sse"), { withCredentials: true });
        source.onopen = () => resolve("open");
        source.onmessage = ({ data }) => resolve(data);
        source.onerror = () => resolve(source.readyState === 2 ? "" : "it comes back");
      }),
    WebSocket: () =>
      new Promise((resolve) => {
        const socket = new WebSocket(as("websocket").replace("http", "ws"));
        socket.onopen = () => resolve("open");
        socket.onmessage = ({ data }) => resolve(data);
        socket.onclose = () => resolve("");
      }),
    "a script of JSON": () =>
      new Promise((resolve) => {
        const script = document.createElement("script");
        Object.assign(script, { src: url, onload: () => resolve("it ran"), onerror: () => resolve("") });
        document.body.append(script);
      }),
    "a frame": () =>
      new Promise((resolve) => {
        const frame = Object.assign(document.createElement("iframe"), { src: as("frame") });
        document.body.append(frame);
        // Nothing says when the blank document has made room for the stream's.
        const timer = setInterval(() => {
          const { contentDocument: own } = frame;
          if (own?.URL === "about:blank") return;
          clearInterval(timer);
          frame.remove();
          resolve(own ? "a document" : "");
        }, 20);
      }),
  };
  const got = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    got[name] = await attempt().catch(() => "");
  }
  return got;
};

for (const engine of ["chromium", "firefox"]) {
  scene(`t7 another origin reads a public channel by a script, and nothing by anything else: ${engine}`, { ...app, engine }, async ({ server, open }) => {
    const other = await elsewhere();
    try {
      const call = (name, args) => fetch(`${server.url}/comet/call/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(args),
      });
      const home = await open("/");
      await home.evaluate(() => (document.cookie = "user=ann"));
      await call("note", [1, 42]);
      const events = `${server.url}/comet/events?`;
      const mine = await home.evaluate(
        async (url) => (await fetch(url)).json(),
        `${events}transport=longpoll&channel=desks/1&history=9`,
      );
      assert.deepEqual(mine.events.map(({ data }) => data), [42], "the page of the app itself reads it");

      for (const [n, address] of other.pages.entries()) {
        const page = await open(address, { beside: home });
        const script = `${events}transport=jsonp&callback=callback&channel=`;
        await call("say", [`room${n}`, 1, 3]);
        const first = await byScript(page, `${script}rooms/room${n}&history=2`);
        assert.deepEqual(first.events.map(({ data }) => data), [2, 3]);
        const waiting = byScript(page, `${script}rooms/room${n}&cursor=${first.cursor}`);
        await call("say", [`room${n}`, 4, 4]);
        assert.deepEqual((await waiting).events.map(({ data }) => data), [4]);

        const refused = await byScript(page, `${script}desks/1&history=9`);
        assert.equal(refused.error?.status, 403, JSON.stringify(refused));
        for (const channel of [`rooms/room${n}`, "desks/1"]) {
          const got = await page.evaluate(everything, `${events}transport=longpoll&history=9&channel=${channel}`);
          for (const [by, text] of Object.entries(got)) assert.equal(text, "", `${by} of ${channel} from ${address}`);
        }
        await page.evaluate(
          (url) => fetch(url, { method: "POST", mode: "no-cors", credentials: "include", body: '["room", 666, 666]' }).catch(() => {}),
          `${server.url}/comet/call/say`,
        );
      }
      const said = await fetch(`${events}transport=longpoll&channel=rooms/room&history=9`);
      assert.deepEqual((await said.json()).events, [], "nothing was called from there");
    } finally {
      other.close();
    }
  });
}
