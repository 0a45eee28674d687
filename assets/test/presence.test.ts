import assert from "node:assert/strict";
import { test } from "node:test";
import { reported, settle } from "./dom.js";
import { hub, subscribe } from "./following.js";
import type { Present } from "../src/api.js";

const member = (name: string): object => ({ member: name, user: null });
const names = (present: readonly Present[]): string => present.map(({ member }) => member).join();

test("a subscription knows who follows its channel, from the greeting on", async () => {
  hub.present = { room: { members: [member("a"), member("b")], count: 2 } };
  const heard: unknown[] = [];
  const seen: string[] = [];
  const room = subscribe("room", (data) => heard.push(data), {
    onPresence: (present) => seen.push(names(present)),
  });
  subscribe("other", () => {}, { onPresence: () => assert.fail("nothing is told of this one") });
  await settle();
  hub.meet("join", "room", "c");
  hub.meet("join", "room", "c");
  hub.meet("leave", "room", "a");
  hub.publish("room", 1);
  await settle();
  assert.deepEqual([seen, names(room.present)], [["a,b", "a,b,c", "a,b,c", "b,c"], "b,c"]);
  assert.deepEqual(heard, [1], "joins and leaves are no messages");
});

test("a new greeting is the whole truth", async () => {
  hub.present = { room: { members: [member("a")], count: 1 } };
  const room = subscribe("room", () => {});
  await settle();
  hub.present = { room: { members: [member("b")], count: 1 } };
  subscribe("another", () => {});
  await settle();
  assert.equal(names(room.present), "b");
});

test("nobody is known where nothing is told, and an error of a callback ends nothing", async () => {
  const room = subscribe("room");
  await settle();
  hub.meet("join", "room", "c");
  await settle();
  assert.deepEqual(room.present, []);
  hub.present = { loud: { members: [member("a")], count: 1 } };
  const heard: unknown[] = [];
  subscribe("loud", (data) => heard.push(data), {
    onPresence() {
      throw new TypeError("mine");
    },
  });
  await settle();
  hub.publish("loud", 1);
  await settle();
  assert.deepEqual(heard, [1]);
  assert.deepEqual(reported().map(String), ["TypeError: mine"]);
});
