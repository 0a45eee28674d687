// Programs that are no browser: they read the same channel, and go on by one another's positions.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { get } from "node:http";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { start } from "./harness/server.js";

/** Reads by `curl -N` until the message with this payload, and gives payloads and the last position. */
async function curl(url, until) {
  const child = spawn("curl", ["-sN", url], { stdio: ["ignore", "pipe", "inherit"] });
  const heard = [];
  let id;
  let event;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, field, value] = line.match(/^(\w*): ?(.*)$/) ?? [];
    if (field === "id") id = value;
    if (field === "event") event = value;
    if (field === "data" && event === undefined) heard.push(JSON.parse(value));
    if (!line) event = undefined;
    if (!line && heard.at(-1) === until) break;
  }
  child.kill();
  return { heard, id };
}

/** The messages of a WebSocket by nothing but its handshake (RFC 6455) and the frames of a server, which are not masked. */
async function* websocket(url) {
  const request = get(url, {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
    },
  });
  const [reply, socket, first] = await once(request, "upgrade");
  assert.equal(reply.statusCode, 101);
  socket.unshift(first);
  let bytes = Buffer.alloc(0);
  try {
    for await (const more of socket) {
      bytes = Buffer.concat([bytes, more]);
      while (bytes.length >= 4) {
        const isLong = (bytes[1] & 0x7f) === 126;
        const begin = isLong ? 4 : 2;
        const end = begin + (isLong ? bytes.readUInt16BE(2) : bytes[1] & 0x7f);
        if (bytes.length < end) break;
        if ((bytes[0] & 0xf) === 1) yield JSON.parse(bytes.toString("utf8", begin, end));
        bytes = bytes.subarray(end);
      }
    }
  } finally {
    socket.destroy();
  }
}

test("curl and a raw WebSocket read one channel by one cursor", { timeout: 60_000 }, async () => {
  const server = await start("browser-app");
  try {
    const say = (from, to) => fetch(`${server.url}/comet/call/say`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(["a", from, to]),
    });
    const events = `${server.url}/comet/events?channel=rooms/a`;
    await say(1, 3);
    const first = await curl(`${events}&history=2`, 3);
    assert.deepEqual(first.heard, [2, 3]);

    await say(4, 5);
    const heard = [];
    let id;
    for await (const message of websocket(`${events}&cursor=${first.id}`)) {
      if (message.event === "hello") await say(6, 6);
      if (message.event !== "message") continue;
      heard.push(message.data);
      if (message.data === 5) ({ id } = message);
      if (message.data === 6) break;
    }
    assert.deepEqual(heard, [4, 5, 6]);

    const last = await curl(`${events}&cursor=${id}`, 6);
    assert.deepEqual(last.heard, [6]);
  } finally {
    await server.stop();
  }
});
