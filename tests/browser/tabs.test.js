import assert from "node:assert/strict";
import { scene } from "./harness/scene.js";

const app = { example: "browser-app" };
const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);

/** Tabs of one browser, each of which follows the room `a`; the first one leads. */
async function tabs({ server, open }, count) {
  const post = (call, data) => fetch(`${server.url}/comet/call/${call}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(data),
  });
  const all = [];
  for (let n = 0; n < count; n++) {
    const page = await open("/", { beside: all[0] });
    await page.waitForFunction(() => window.follow);
    await running(page, "rooms/a");
    all.push(page);
  }
  return {
    all,
    say: (from, to) => post("say", { room: "a", from, to }),
    readers: async () => (await post("readers", { room: "a", desk: 1 })).json(),
  };
}

const running = (page, channel) =>
  page.evaluate(
    (channel) => new Promise((resolve) => follow(channel, { onState: (s) => s === "running" && resolve() })),
    channel,
  );

/** Waits until every page has heard up to this number, each once and in order. */
async function heard(pages, last) {
  for (const page of pages) {
    await page.waitForFunction((last) => heard.at(-1) === last, last, { timeout: 10_000 });
    assert.deepEqual(await page.evaluate(() => [heard, gaps]), [upTo(last), []]);
  }
}

scene("tabs share one connection, and another one leads when the leader is closed", app, async (given) => {
  const { all, say, readers } = await tabs(given, 4);
  await say(1, 3);
  await heard(all, 3);
  assert.deepEqual(await readers(), [1, 0]);
  const [leader, ...others] = all;
  const closing = leader.close();
  await say(4, 60);
  await closing;
  await say(61, 70);
  await heard(others, 70);
  assert.deepEqual(await readers(), [1, 0]);
});

scene("a leader that goes to another page, or crashes, is followed by another tab", app, async (given) => {
  const { all, say, readers } = await tabs(given, 3);
  await all[0].goto("about:blank");
  await say(1, 20);
  await heard(all.slice(1), 20);
  const crashed = all[1].waitForEvent("crash");
  await all[1].goto("chrome://crash").catch(() => {});
  await crashed;
  await say(21, 30);
  await heard(all.slice(2), 30);
  assert.deepEqual(await readers(), [1, 0]);
});

scene("a frozen leader hands over, and misses nothing when it wakes", app, async (given) => {
  const { all, say, readers } = await tabs(given, 3);
  const session = await all[0].context().newCDPSession(all[0]);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await say(1, 20);
  await heard(all.slice(1), 20);
  assert.deepEqual(await readers(), [1, 0], "the frozen page has no connection");
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await say(21, 30);
  await heard(all, 30);
  assert.deepEqual(await readers(), [1, 0]);
});

scene("tabs take channels in and out of the shared connection", app, async (given) => {
  const { all, say, readers } = await tabs(given, 2);
  await running(all[1], "rooms/b");
  await say(1, 2);
  await heard(all, 2);
  await all[1].close();
  await say(3, 4);
  await heard(all.slice(0, 1), 4);
  assert.deepEqual(await readers(), [1, 0]);
});

scene("tabs of two users do not share", app, async (given) => {
  const { all, readers } = await tabs(given, 2);
  const [ann, bob] = all;
  const sign = (user) => ann.context().addCookies([{ name: "user", value: user, url: given.server.url }]);
  for (const page of all) await page.reload();
  await sign("ann");
  await ann.waitForFunction(() => window.follow);
  await running(ann, "desks/1");
  await sign("bob");
  await bob.waitForFunction(() => window.follow);
  await running(bob, "desks/1");
  // A tab has its first answer before it knows that it has to open a connection of its own.
  await given.until(async () => (await readers())[1] > 1);
  assert.deepEqual(await readers(), [0, 2]);
});

scene("a page that does not want to share follows by itself", app, async (given) => {
  const { all, readers } = await tabs(given, 1);
  const other = await given.open("/", { beside: all[0] });
  await other.waitForFunction(() => window.follow);
  await other.evaluate(() => comet.configure({ share: false }));
  await running(other, "rooms/a");
  assert.deepEqual(await readers(), [2, 0]);
});

scene("twelve tabs over HTTP/1.1 are in step by one connection, whichever of them leads, and a thirteenth loads", app, async (given) => {
  const { all, say, readers } = await tabs(given, 12);
  await say(1, 5);
  await heard(all, 5);
  assert.deepEqual(await readers(), [1, 0]);
  const thirteenth = await given.open("/", { beside: all[0] });
  await thirteenth.waitForFunction(() => window.follow);

  const [leader, second, asleep, ...others] = all;
  const session = await asleep.context().newCDPSession(asleep);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  const closing = leader.close();
  await say(6, 60);
  await closing;
  await heard([second, ...others], 60);
  const crashed = second.waitForEvent("crash");
  const crashing = second.goto("chrome://crash").catch(() => {});
  await say(61, 100);
  await Promise.all([crashed, crashing]);
  await heard(others, 100);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await say(101, 110);
  await heard([asleep, ...others], 110);
  assert.deepEqual(await readers(), [1, 0]);
});
