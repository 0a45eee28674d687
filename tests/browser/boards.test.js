import assert from "node:assert/strict";
import { app, Board, DRAWN, killed, LAST, PLAIN, range, reach, seen, SENT, SUBSCRIBED } from "./harness/boards.js";
import { proxied } from "./harness/proxy.js";
import { scene } from "./harness/scene.js";

/** The ways to try in each engine: all of them, or the main ones. */
const engines = { chromium: /./, firefox: /sse|longpoll|EventSource|x-ndjson|WebSocket|call ndjson/ };

for (const [engine, main] of Object.entries(engines)) {
  const ways = (...lists) => lists.flat().filter((way) => main.test(way.join(" ")));
  const given = { ...app, engine };

  scene(`every transport leaves the same page, cut twice: ${engine}`, given, async (scene) => {
    const board = new Board(scene);
    const proxy = await proxied(scene.server.url);
    try {
      const channel = await board.followers(ways(SUBSCRIBED, PLAIN), proxy);
      const sse = { url: proxy.url, kind: "snapshot" };
      const [forgetful] = await board.followers([["subscribe", "sse"]], sse);
      const all = [...channel, forgetful, ...(await board.followers(ways(SENT, DRAWN), proxy))];
      // Not at once, or who is slow for a moment misses some already.
      await board.advance(5);
      await reach(all, 5);
      await board.advance(10);
      await reach(all, 10);
      // What is on its way is lost, and more than the shorter history keeps.
      proxy.hold();
      await board.advance(40);
      proxy.cut();
      proxy.release();
      await reach(all, 40);
      proxy.cut();
      await board.advance(LAST);
      await reach(all, LAST);
      for (const follower of channel) {
        const { heard, gaps } = await seen(follower);
        assert.deepEqual([heard, gaps], [range(1, LAST), []], follower.way);
      }
      const { gaps } = await seen(forgetful);
      assert.deepEqual([gaps[0].reason, gaps[0].from, gaps[0].to], ["trimmed", 11, 33]);
      await board.assertEqual(all);
    } finally {
      proxy.close();
    }
  });

  scene(`a server that is killed loses nothing in silence: ${engine}`, { ...killed, engine }, async (scene) => {
    const { server } = scene;
    const board = new Board(scene);
    const proxy = await proxied(server.url);
    try {
      const follow = (ways, kind) => board.followers(ways, { url: proxy.url, kind });
      const replayed = await follow(ways(SUBSCRIBED, PLAIN));
      const [ignored] = await follow([["subscribe", "sse"]], "ignore");
      const mended = [
        ...(await follow(ways([["subscribe", "sse"], ["subscribe", "longpoll"]]), "snapshot")),
        ...(await follow([["subscribe", "sse"]], "reload")),
        ...(await follow(ways([["events", "sse"], ["events", "ndjson"]]))),
      ];
      const called = await follow(ways([["call", "ndjson"], ["call", "frame"]]));
      const all = [...replayed, ignored, ...mended];
      await board.advance(20);
      await reach([...all, ...called], 20);

      // What happens now is on its way when the server is gone, and with it what its channels kept.
      proxy.hold();
      await board.advance(40);
      await server.kill();
      await proxy.leave();
      await server.start();
      proxy.release();
      await proxy.comeBack();
      await board.advance(LAST);
      await reach(all, LAST);

      const missed = [...range(1, 20), ...range(41, LAST)];
      for (const follower of [...replayed, ignored]) {
        const { heard, gaps } = await seen(follower);
        const on_gap = follower === ignored ? "ignore" : "replay";
        assert.deepEqual(heard, missed, follower.way);
        assert.deepEqual(gaps.map(({ reason, from, on_gap }) => [reason, from, on_gap]), [["epoch", 0, on_gap]], follower.way);
      }
      await board.assertEqual(mended);
      for (const follower of called) {
        assert.match(await follower.page.evaluate(() => over), /^(refused|failed)$/, follower.way);
        assert.match((await seen(follower)).board, /data-made="20"/, follower.way);
      }
    } finally {
      proxy.close();
    }
  });

  scene(`two tabs share a connection, and one goes on without the other: ${engine}`, given, async (scene) => {
    const board = new Board(scene);
    const [leader] = await board.followers([["subscribe", "sse"]]);
    await board.advance(5);
    await reach([leader], 5);
    const [other] = await board.followers([["subscribe", "sse"]], { beside: leader.page });
    await board.advance(10);
    await reach([leader, other], 10);
    assert.equal(await board.readers(), 1);
    const closing = leader.page.close();
    await board.advance(LAST);
    await closing;
    await reach([other], LAST);
    const { heard, gaps } = await seen(other);
    assert.deepEqual([heard, gaps], [range(6, LAST), []]);
    await board.assertEqual([other]);
  });
}
