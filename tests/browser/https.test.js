// HTTPS without a proxy: a certificate that nobody has signed, and a browser that does not mind.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { scene } from "./harness/scene.js";
import { target } from "./harness/server.js";

const directory = mkdtempSync(join(tmpdir(), "comet-https-"));
after(() => rmSync(directory, { recursive: true }));
execFileSync(`${target}/debug/certificate`, [directory]);
const [certificate, key] = ["certificate.pem", "key.pem"].map((name) => join(directory, name));

const app = {
  example: "browser-app",
  args: ["--bind", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", key],
};
const trusting = { ignoreHTTPSErrors: true };

const say = (page, from, to) =>
  page.evaluate(
    ([from, to]) =>
      fetch("/comet/call/say", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ room: "a", from, to }),
      }).then((reply) => reply.status),
    [from, to],
  );

/** Waits until everybody in the page has heard up to this number, each once and in order. */
async function heard(page, last) {
  await page.waitForFunction((last) => all.every((heard) => heard.at(-1) === last), last, { timeout: 10_000 });
  const upTo = Array.from({ length: last }, (_, index) => index + 1);
  for (const heard of await page.evaluate(() => all)) assert.deepEqual(heard, upTo);
}

/** Runs in the page: what was spoken to get each thing that was asked for. */
const protocols = () => performance.getEntriesByType("resource").map((entry) => entry.nextHopProtocol);

scene("twenty streams share a connection by HTTP/2, more than a browser has connections", app, async ({ open }) => {
  const page = await open("/", trusting);
  await page.evaluate(async () => {
    window.all = await Promise.all(Array.from({ length: 20 }, () => new Promise((resolve, reject) => {
      const heard = [];
      const source = new EventSource("/comet/events?channel=rooms/a");
      source.addEventListener("hello", () => resolve(heard));
      source.onmessage = (event) => heard.push(JSON.parse(event.data));
      source.onerror = reject;
    })));
  });
  assert.equal(await say(page, 1, 50), 204);
  await heard(page, 50);
  assert.deepEqual([...new Set(await page.evaluate(protocols))], ["h2"]);
});

scene("a WebSocket is one over TLS", app, async ({ open }) => {
  const page = await open("/", trusting);
  await page.evaluate(async () => {
    window.all = [await new Promise((resolve, reject) => {
      const heard = [];
      const socket = new WebSocket("/comet/events?channel=rooms/a", "comet.v1");
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.event === "hello") resolve(heard);
        if (message.event === "message") heard.push(message.data);
      };
      socket.onerror = reject;
    })];
  });
  assert.equal(await say(page, 1, 50), 204);
  await heard(page, 50);
});

scene("Comet's client follows by HTTPS as by HTTP", app, async ({ open }) => {
  const page = await open("/", trusting);
  await page.waitForFunction(() => window.follow);
  await page.evaluate(
    () => new Promise((resolve) => follow("rooms/a", { onState: (state) => state === "running" && resolve() })),
  );
  await say(page, 1, 50);
  await page.waitForFunction(() => window.heard.at(-1) === 50, undefined, { timeout: 10_000 });
});
