import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "./dom.js";
import { chunks, json, open, problem, requests, serve, stream } from "./server.js";
import type { Message } from "../src/api.js";
import { CometError } from "../src/errors.js";
import { posted } from "../src/post.js";
import { lines } from "../src/stream.js";

const url = new URL("http://app.test/clock?zone=utc");

async function read(cursor?: string, open = lines(url)): Promise<Message[]> {
  const messages: Message[] = [];
  const emit = (message: Message): void => void messages.push(message);
  const { signal } = new AbortController();
  await open({ cursor, signal, alive() {}, cut() {}, emit });
  return messages;
}

test("reads messages however they are cut into chunks", async () => {
  const messages = [{ event: "message", data: "é🌍" }, { event: "message", data: "\u2028" }];
  const bytes = new TextEncoder().encode(messages.map((one) => `${JSON.stringify(one)}\n`).join("\n"));
  for (let at = 0; at <= bytes.length; at++) {
    serve(chunks(bytes.slice(0, at), bytes.slice(at)));
    assert.deepEqual(await read(), messages);
  }
  serve(chunks(...Array.from(bytes, (byte) => Uint8Array.of(byte))));
  assert.deepEqual(await read(), messages);
});

test("does not count a message whose line never ended", async () => {
  serve(chunks(new TextEncoder().encode('{"event":"a","data":1}\n{"event":"b","data":2}')));
  assert.deepEqual(await read(), [{ event: "a", data: 1 }]);
});

test("asks for what follows the cursor, past every cache", async () => {
  serve(stream(), stream());
  await read("e.7");
  assert.equal(requests[0]!.url.search, "?zone=utc&cursor=e.7");
  await read();
  assert.equal(requests[1]!.url.search, "?zone=utc");
});

test("takes a call's plain reply for the end of its stream", async () => {
  const end = (data: unknown): Message[] => [{ event: "done", data }];
  const call = (): Promise<Message[]> => read(undefined, posted(url, []));
  serve(json({ a: 1 }), json(null), new Response(null, { status: 204 }), new Response("hi"));
  assert.deepEqual(await call(), end({ a: 1 }));
  assert.deepEqual(await call(), end(null));
  assert.deepEqual(await call(), end(null));
  assert.deepEqual(await call(), end("hi"));
});

test("takes another page's reply for a lost connection, and none at all for the end", async () => {
  serve(new Response("<html>"), json([]), new Response(null, { status: 204 }));
  await assert.rejects(read(), /no stream/);
  await assert.rejects(read(), /no stream/);
  assert.deepEqual(await read(), [{ event: "done", data: null }]);
});

test("tells what a refusal says", async () => {
  serve(problem(503, "draining", { "retry-after": "2" }));
  await assert.rejects(read(), (error) => {
    assert.ok(error instanceof CometError);
    const { kind, status, title, detail, after, message } = error;
    assert.deepEqual([kind, status, title, detail, after], ["refused", 503, "No", "draining", 2000]);
    assert.equal(message, "draining");
    return true;
  });
  serve(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
  await assert.rejects(read(), { kind: "refused", status: 502, title: "Bad Gateway", after: 0 });
});

test("gives up a line longer than 16 MiB", async () => {
  const mebibyte = new Uint8Array(2 ** 20).fill(0x61);
  serve(chunks(...Array(17).fill(mebibyte)));
  await assert.rejects(read(), { kind: "overflow" });
});

test("cuts a call when the browser wakes a frozen page", async () => {
  const link = new AbortController();
  let cuts = 0;
  serve(open({ event: "message", data: 1 }));
  const cut = (): void => {
    cuts += 1;
    link.abort();
  };
  const reading = posted(url, [])({ cursor: undefined, signal: link.signal, alive() {}, cut, emit() {} });
  await settle();
  document.dispatchEvent(new Event("resume"));
  await assert.rejects(reading, { name: "AbortError" });
  document.dispatchEvent(new Event("resume"));
  assert.equal(cuts, 1);
});
