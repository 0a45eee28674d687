// A minute of absence, which all pages of all tests wait for at the same time.
import assert from "node:assert/strict";
import { describe } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { app, Board, LAST, range, reach, seen, SUBSCRIBED } from "./harness/boards.js";
import { proxied } from "./harness/proxy.js";
import { scene } from "./harness/scene.js";

const MINUTE = 60_000;
const given = { ...app, timeout: 400_000 };
const MAIN = [...SUBSCRIBED.filter(([, by]) => /sse|ndjson|longpoll/.test(by)), ["EventSource"]];

/** Follows, is away for a minute in which the board goes on, comes back, and has missed nothing. */
async function away(scene, ways, { url, leave, comeBack }) {
  const board = new Board(scene);
  const all = await board.followers(ways, { url });
  await board.advance(10);
  await reach(all, 10);
  const pages = all.map(({ page }) => page);
  const back = await leave(pages);
  await board.advance(30);
  await wait(MINUTE / 2);
  await board.advance(50);
  await wait(MINUTE / 2);
  await comeBack(back);
  await board.advance(LAST);
  await reach(all, LAST);
  for (const follower of all) {
    const { heard, gaps } = await seen(follower);
    assert.deepEqual([heard, gaps], [range(1, LAST), []], follower.way);
  }
  await board.assertEqual(all);
}

/** The same, behind a proxy that goes away. */
async function offline(scene, ways, { leave, comeBack }) {
  const proxy = await proxied(scene.server.url);
  try {
    await away(scene, ways, { url: proxy.url, leave: () => leave(proxy), comeBack: () => comeBack(proxy) });
  } finally {
    proxy.close();
  }
}

const blackHole = { leave: (proxy) => proxy.hold(), comeBack: (proxy) => proxy.release() };
const unreachable = { leave: (proxy) => proxy.leave(), comeBack: (proxy) => proxy.comeBack() };

const freeze = {
  async leave(pages) {
    const sessions = await Promise.all(pages.map((page) => page.context().newCDPSession(page)));
    await setState(sessions, "frozen");
    return sessions;
  },
  comeBack: (sessions) => setState(sessions, "active"),
};

const setState = (sessions, state) =>
  Promise.all(sessions.map((session) => session.send("Page.setWebLifecycleState", { state })));

describe("nothing is missed, nothing comes twice", { concurrency: true }, () => {
  const everything = [...SUBSCRIBED, ["EventSource"]];

  scene("a minute frozen: chromium", given, (scene) => away(scene, everything, freeze));
  scene("a minute in a black hole: chromium", given, (scene) => offline(scene, everything, blackHole));
  scene("a minute unreachable: chromium", given, (scene) => offline(scene, everything, unreachable));

  const firefox = { ...given, engine: "firefox" };
  scene("a minute in a black hole: firefox", firefox, (scene) => offline(scene, MAIN, blackHole));
  scene("a minute unreachable: firefox", firefox, (scene) => offline(scene, MAIN, unreachable));
});
