import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { settle } from "./dom.js";
import { json, problem, requests, serve } from "./server.js";
import type { Message } from "../src/api.js";
import type { Link } from "../src/follow.js";
import { poll } from "../src/longpoll.js";
import { kit } from "../src/kit.js";
import { once } from "../src/poll.js";

mock.timers.enable({ apis: ["Date"], now: 0 });

const url = new URL("http://app.test/app/comet/events?channel=a");

/** Polls from a position on, and says what was heard. */
function polling(cursor?: string): { heard: unknown[]; ended: Promise<void> } {
  const heard: unknown[] = [];
  const emit = ({ event, data }: Message): void => {
    heard.push(event === "message" ? data : event);
  };
  const { signal } = new AbortController();
  const link: Link = { cursor, signal, alive() {}, cut() {}, emit };
  const ended = poll(link, (at, timeout) => once(kit, url, { ...link, cursor: at }, timeout));
  return { heard, ended };
}
const tick = (n: number): object => ({ id: `e.${n}`, channel: "a", event: "message", data: n });
const later = (reply: Response) => (): Response => {
  mock.timers.tick(5000);
  return reply;
};

test("asks by POST, at once and then for as long as it takes, from where the last reply ended", async () => {
  serve(json({ events: [], cursor: "e.0" }), json({ events: [tick(1), tick(2)], cursor: "e.2" }));
  const { heard, ended } = polling();
  await assert.rejects(ended, /unexpected request/);
  assert.deepEqual(heard, ["hello", 1, 2, "beat"]);
  const query = ({ url }: { url: URL }): unknown => [url.searchParams.get("cursor"), url.searchParams.get("timeout")];
  assert.deepEqual(requests.map(query), [
    [null, "0"],
    ["e.0", "25000"],
    ["e.2", "25000"],
  ]);
  assert.ok(requests.every(({ method, body }) => method === "POST" && body === undefined));
});

test("a poll that says nothing for its whole time is a sign of life", async () => {
  serve(json({ events: [], cursor: "e.0" }), later(json({ events: [], cursor: "e.0" })));
  const { heard, ended } = polling("e.0");
  await assert.rejects(ended, /unexpected request/);
  assert.deepEqual(heard, ["hello", "beat"]);
});

test("a server that sends its polls away is not asked again at once", async () => {
  const empty = (): Response => json({ events: [], cursor: "e.0" });
  serve(empty(), empty());
  const { heard, ended } = polling("e.0");
  await ended;
  assert.deepEqual([heard, requests.length], [["hello", "beat"], 2]);
});

test("another page's reply is no poll", async () => {
  serve(new Response("<html>"));
  await assert.rejects(polling().ended, SyntaxError);
});

test("shows a CSRF token where it is asked for one", async () => {
  serve(problem(403, "the request has no X-Comet-Csrf header"), json({ token: "t" }), json({ events: [], cursor: "e.0" }));
  const { heard, ended } = polling();
  ended.catch(() => {});
  await settle();
  assert.deepEqual(heard, ["hello"]);
  assert.equal(requests[2]!.headers.get("x-comet-csrf"), "t");
});
