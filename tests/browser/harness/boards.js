// Pages that each follow one and the same board, and what they must show in the end.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

// Only silence tells that a frame was cut, or that a connection is held.
process.env.COMET_HEARTBEAT = "1s";
process.env.BOARDS = mkdtempSync(join(tmpdir(), "comet-boards-"));
after(() => rmSync(process.env.BOARDS, { recursive: true }));

/** A broken connection is an error on the console, whatever the page makes of it. */
export const app = {
  example: "browser-app",
  expected: /net::ERR_|WebSocket connection|connection to (the server at )?ws:|t establish a connection to the server/,
};

/** So is the position of a run that went with its server. */
export const killed = { ...app, expected: new RegExp(`${app.expected.source}|status of 410 \\(Gone\\)`) };

/** How many steps a board makes. */
export const LAST = 60;

/** Our client by each of its transports. */
export const SUBSCRIBED = ["sse", "ndjson", "xhr", "longpoll", "jsonp", "frame"].map((by) => ["subscribe", by]);
/** What a page has without our client. */
export const PLAIN = [
  ["EventSource"],
  ["fetch", "application/x-ndjson"],
  ["fetch", "multipart/x-mixed-replace"],
  ["WebSocket"],
];
/** The handler that sends steps, and the one that draws them. */
export const SENT = [
  ["events", "sse"],
  ["events", "ndjson"],
  ["handler-EventSource"],
  ["handler-fetch", "application/x-ndjson"],
];
export const DRAWN = [["call", "ndjson"], ["call", "frame"], ["handler-WebSocket"]];

export const range = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** The last board that was made; its number is the seed of its steps. */
let newest = 20_260;

/** A new board on a server, and the pages that follow it. */
export class Board {
  #number = ++newest;
  #server;
  #open;

  constructor({ server, open }) {
    this.#server = server;
    this.#open = open;
  }

  /** Lets it make steps until there are so many. */
  async advance(to) {
    const reply = await fetch(`${this.#server.url}/comet/call/advance`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ board: this.#number, to }),
    });
    assert.equal(await reply.json(), to);
  }

  /** Opens a page for each way, which has `page` and `way`; `url` is where the server is reached. */
  followers(ways, { url = this.#server.url, kind = "replay", ...options } = {}) {
    return Promise.all(
      ways.map(async (way) => {
        const page = await this.#open(`${url}/boards/${this.#number}/${kind}`, options);
        await page.evaluate((way) => void follow(way), way);
        return { page, way: way.join(" ") };
      }),
    );
  }

  /** How many connections follow it. */
  async readers() {
    return (await fetch(`${this.#server.url}/boards/${this.#number}/readers`)).json();
  }

  /** Asserts that pages show to the byte what a page that only now is loaded shows, by their hashes. */
  async assertEqual(followers) {
    const page = await this.#open(`/boards/${this.#number}/replay`);
    const { board: truth } = await seen({ page });
    assert.match(truth, new RegExp(`data-made="${LAST}"`));
    const hash = (html) => createHash("sha256").update(html).digest("hex");
    for (const follower of followers) {
      const { board } = await seen(follower);
      if (hash(board) !== hash(truth)) assert.deepEqual(board.split("<li>"), truth.split("<li>"), follower.way);
    }
  }
}

/** Waits until every one of these pages shows so many steps. */
export const reach = (followers, made) => Promise.all(followers.map((follower) => reached(follower, made)));

async function reached({ page, way }, made) {
  for (;;) {
    try {
      return await page.evaluate((made) => reached(made), made);
    } catch (error) {
      // A page that loads itself anew is asked again.
      if (!/context|navigat|reached is not|discarded/i.test(error.message)) throw new Error(`${way}: ${error.message}`);
    }
  }
}

/** What a page has heard, and its board as it is. */
export const seen = ({ page }) =>
  page.evaluate(() => ({ heard, gaps, board: document.getElementById("board").outerHTML }));
