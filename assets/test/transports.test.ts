/** Channels over each transport and over changes of it, with a server that loses what it can. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { reported, settle } from "./dom.js";
import { anew, forget, hub, subscribe, until } from "./following.js";
import type { Gap } from "../src/api.js";

test("goes from EventSource over fetch and XMLHttpRequest to polls, and loses nothing on the way", async () => {
  forget();
  const heard: Record<string, number[]> = { a: [], b: [] };
  const subscriptions = ["a", "b"].map((name) =>
    subscribe<number>(name, (data) => heard[name]!.push(data)),
  );
  await until(() => hub.connections.size);
  const all: number[] = [];
  hub.fault = (transport) => (transport === "json" ? undefined : "cut");
  hub.cut();
  for (let n = 1; n <= 30; n++) {
    all.push(n);
    hub.publish("a", n);
    hub.publish("b", n);
    await settle();
  }
  await until(() => heard["b"]!.length === 30);
  assert.deepEqual(heard, { a: all, b: all });
  const order = hub.requests.map(({ transport }) => transport).join(" ");
  assert.match(order, /^(sse ){3}(ndjson ){3}(xhr ){3}json/);
  for (const one of subscriptions) one.close();
});

test("a poll that says nothing does not end, and is asked again with its cursor", async () => {
  forget();
  hub.fault = (transport) => (transport === "json" ? undefined : "cut");
  const heard: unknown[] = [];
  const a = subscribe("a", (data) => heard.push(data));
  await until(() => hub.connections.size);
  const before = hub.requests.length;
  hub.cut();
  await until(() => hub.requests.length > before);
  hub.publish("a", 1);
  await until(() => heard.length);
  const { query } = hub.requests.at(-1)!;
  assert.deepEqual([query.get("cursor"), query.get("timeout")], ["epoch1.1", "25000"]);
  a.close();
});

test("asks by fetch what an EventSource was refused", async () => {
  forget();
  hub.fault = (transport) => (transport === "sse" ? "refuse" : undefined);
  const heard: unknown[] = [];
  const a = subscribe("a", (data) => heard.push(data));
  await until(() => hub.connections.size);
  hub.publish("a", 1);
  await until(() => heard.length);
  assert.deepEqual(hub.requests.map(({ transport }) => transport), ["sse", "ndjson"]);
  a.close();
});

/** Numbers that a seed fixes (mulberry32). */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Follower {
  readonly name: string;
  /** What was published before it followed. */
  readonly from: number;
  readonly heard: (number | Gap)[];
  close(): void;
}

/** Publishes, breaks, trims, comes and goes as the seed says; returns who followed to the end. */
async function play(seed: number): Promise<void> {
  const next = random(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!;
  const names = ["a", "b", "c"];
  const published: Record<string, number> = { a: 0, b: 0, c: 0 };
  const followers = new Set<Follower>();
  const check = ({ name, from, heard }: Follower): void => {
    let at = from;
    for (const one of heard) {
      if (typeof one === "number") assert.equal(one, ++at, `seed ${seed}: ${name} in order`);
      else assert.ok(one.to! - 1 >= at, `seed ${seed}: a gap ahead`), (at = one.to! - 1);
    }
  };
  const follow = (name: string): void => {
    const heard: Follower["heard"] = [];
    const cursor = `${hub.log(name).epoch}.${published[name]}`;
    const options = { cursor, onGap: (gap: Gap) => void heard.push(gap) };
    const { close } = subscribe<number>(
      name,
      (data) => {
        heard.push(data);
        return next() < 0.2 ? settle() : undefined;
      },
      options,
    );
    followers.add({ name, from: published[name]!, heard, close });
  };
  const steps: (() => void)[] = [
    () => follow(pick(names)),
    () => {
      for (const one of followers) if (next() < 0.5) one.close(), check(one), followers.delete(one);
    },
    () => hub.cut(),
    () => hub.trim(pick(names), Math.floor(next() * 3)),
    () => {
      const rate = next() * 0.5;
      hub.fault = () => (next() < rate ? pick(["refuse", "cut", "page"] as const) : undefined);
    },
  ];
  follow("a");
  for (let step = 0; step < 60; step++) {
    if (next() < 0.6) {
      const name = pick(names);
      hub.publish(name, ++published[name]!);
    } else pick(steps)();
    if (next() < 0.5) await settle();
    else await Promise.resolve();
  }
  hub.fault = () => undefined;
  for (const name of names) hub.publish(name, ++published[name]!);
  const isDone = ({ name, heard }: Follower): boolean => heard.at(-1) === published[name];
  await until(() => [...followers].every(isDone));
  for (const one of followers) check(one), one.close();
  await settle();
  assert.deepEqual(reported(), [], `seed ${seed}`);
}

test("every follower hears everything in order, each once, or of a gap that covers it", async () => {
  const only = Number(process.env["COMET_SEED"]);
  const seeds = only ? [only] : Array.from({ length: 60 }, (_, index) => index + 1);
  for (const seed of seeds) {
    forget();
    anew();
    await play(seed).catch((error: unknown) => assert.fail(`COMET_SEED=${seed}: ${error}`));
  }
});
