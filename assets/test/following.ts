/** Subscriptions to a small server, over when their test is over. Import it before what is tested. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock } from "node:test";
import { reported, settle } from "./dom.js";
import { Hub } from "./hub.js";
export { until } from "./until.js";
import type { Subscription } from "../src/api.js";
import { subscribe as open } from "../src/subscription.js";

/** The server of this test. */
export let hub: Hub;
let mine: Subscription[] = [];

/** Subscribes until the test is over. */
export const subscribe: typeof open = (...args) => {
  const made = open(...args);
  mine.push(made as Subscription);
  return made;
};

mock.timers.enable({ apis: ["Date"], now: 0 });
beforeEach(() => {
  hub = new Hub();
  forget();
  mock.method(Math, "random", () => 0);
});
afterEach(async () => {
  for (const one of mine.splice(0)) one.close();
  await settle();
  assert.equal(hub.connections.size, 0, "every connection is closed");
  for (const { query } of hub.requests) assert.match(query.get("client")!, /^[\d-]{22,64}$/);
  assert.deepEqual(reported(), []);
});

/** Two hours later, what was learned about transports is forgotten. */
export const forget = (): void => mock.timers.setTime(Date.now() + 7_200_000);

/** Another server, for a test of many rounds. */
export const anew = (): Hub => (hub = new Hub());

/** The channels of each request so far. */
export const channels = (): string[] =>
  hub.requests.map(({ query }) => query.getAll("channel").join());
