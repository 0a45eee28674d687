import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { settle } from "./dom.js";
import type { Message } from "../src/api.js";
import type { Link, Open } from "../src/follow.js";
import { climb as ladder } from "../src/ladder.js";

const HOUR = 3_600_000;
const stored: Record<string, string> = {};
Object.assign(globalThis, { sessionStorage: stored });

mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: HOUR });
beforeEach(() => mock.timers.tick(2 * HOUR));

const names = ["a", "b", "c"];
let isForeign = false;
const tried: string[] = [];
/** Connections by transports that go as told, which are written down. */
const by =
  (ways: readonly ((link: Link) => unknown)[]) =>
  (name: string): Open =>
  async (link) => {
    tried.push(name);
    await ways[names.indexOf(name)]!(link);
  };
const say = (link: Link): void => link.emit({ event: "hello", data: {} });
const until = ({ signal }: Link): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve()));

/** Opens so many connections by three transports that go as told, and says which were taken. */
async function take(count: number, ...ways: ((link: Link) => unknown)[]): Promise<string> {
  tried.length = 0;
  const open = ladder(names.slice(0, ways.length), by(ways), isForeign);
  for (let n = 0; n < count; n++) {
    const controller = new AbortController();
    const link = {
      cursor: undefined,
      signal: controller.signal,
      alive() {},
      cut: () => controller.abort(),
      emit() {},
    };
    const opened = open(link).catch(() => {});
    await settle();
    mock.timers.tick(10_000);
    await opened;
  }
  return tried.join("");
}
const breaks = (link: Link): void => say(link);
const resets = (link: Link): void => {
  say(link);
  throw new TypeError("reset");
};
const stays = (link: Link): void => {
  say(link);
  mock.timers.tick(60_000);
};

test("takes the next transport when three connections broke early", async () => {
  assert.equal(await take(5, breaks, stays, stays), "aaabb");
});

test("a connection that is reset has broken", async () => {
  assert.equal(await take(7, resets, resets, stays), "aaabbbc");
});

test("begins again at the top after the last", async () => {
  assert.equal(await take(10, breaks, breaks, breaks), "aaabbbccca");
});

test("three losses that are more than a minute apart mean nothing", async () => {
  const slow = (link: Link): void => {
    say(link);
    mock.timers.tick(25_000);
  };
  assert.equal(await take(9, slow, stays, stays), "aaaaaaaaa");
});

test("connections that last may break as they like", async () => {
  assert.equal(await take(9, stays, breaks, breaks), "aaaaaaaaa");
});

test("takes the next transport when one says nothing for ten seconds", async () => {
  assert.equal(await take(4, until, until, stays), "abcc");
});

test("what the client or the server ends on purpose is no loss", async () => {
  const ended = (link: Link): void => {
    say(link);
    link.cut();
  };
  assert.equal(await take(9, ended, stays, stays), "aaaaaaaaa");
});

test("a server that refuses or is away says nothing about transports", async () => {
  const refuses = (): void => {
    throw new TypeError("no network");
  };
  assert.equal(await take(9, refuses, stays, stays), "aaaaaaaaa");
});

test("of another site's server, which may let a page use some transports only, it does", async () => {
  isForeign = true;
  const refuses = (): void => {
    throw new TypeError("no network");
  };
  assert.equal(await take(7, refuses, refuses, stays), "aaabbbc");
  isForeign = false;
});

/** Stays on the second transport, five minutes later, and says what a stream of it hears until then. */
async function wait(above: (link: Link) => unknown): Promise<{ heard: string[]; stop: () => void }> {
  await take(3, breaks, stays);
  tried.length = 0;
  const controller = new AbortController();
  const heard: string[] = [];
  const emit = ({ event }: Message): void => void heard.push(event);
  const { signal } = controller;
  const quiet = (link: Link): Promise<void> => (say(link), until(link));
  const open = ladder(["a", "b"], by([above, quiet]));
  void open({ cursor: "e.1", signal, alive() {}, cut() {}, emit });
  await settle();
  mock.timers.tick(300_000);
  await settle();
  return { heard, stop: () => controller.abort() };
}

test("tries the transport above beside its own, and changes when that has said something", async () => {
  let trial: Link | undefined;
  const { heard, stop } = await wait((link) => ((trial = link), say(link), until(link)));
  assert.deepEqual([tried, heard], [["b", "a"], ["hello", "bye"]]);
  assert.deepEqual([trial!.cursor, trial!.signal.aborted], ["e.1", true], "the trial is over");
  stop();
  assert.equal(await take(1, stays, stays), "a");
});

test("stays where the transport above says nothing", async () => {
  let trial: Link | undefined;
  const { heard, stop } = await wait((link) => ((trial = link), until(link)));
  mock.timers.tick(10_000);
  assert.deepEqual([heard, trial!.signal.aborted], [["hello"], true]);
  trial!.emit({ event: "hello", data: {} });
  assert.deepEqual(heard, ["hello"], "too late");
  stop();
  assert.equal(await take(1, stays, stays), "b");
});

test("remembers for an hour what works, beyond the page", async () => {
  await take(3, breaks, stays, stays);
  assert.deepEqual(Object.keys(stored), ["comet"]);
  const [rung, expires] = JSON.parse(stored["comet"]!) as [string, number];
  assert.deepEqual([rung, expires - Date.now() > HOUR - 20_000], ["b", true]);
  mock.timers.tick(HOUR - 60_000);
  assert.equal(await take(1, stays, stays, stays), "b");
  mock.timers.tick(60_000);
  assert.equal(await take(1, stays, stays, stays), "a");
});

test("works where nothing can be stored", async () => {
  Object.defineProperty(globalThis, "sessionStorage", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
  assert.equal(await take(5, breaks, stays, stays), "aaabb");
});
