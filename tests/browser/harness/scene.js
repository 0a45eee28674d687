// One test: an example running, pages of a browser open, and both gone at the end.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import * as chromium from "./chromium.js";
import * as firefox from "./firefox.js";
import * as plain from "./plain.js";
import { start } from "./server.js";

const engines = { chromium, firefox, plain };

/** One browser of a kind for all tests of a file; each test has contexts of its own. */
const browsers = new Map();
const launched = (engine) => browsers.get(engine) ?? browsers.set(engine, engines[engine].launch()).get(engine);
after(() => Promise.all(Array.from(browsers.values(), async (browser) => (await browser).close())));

/**
 * Runs `body({ server, open, until })` as the test `name`, with the example `example` serving. `open(path, options)` opens a
 * page of it in a context of its own, or `beside` another page; a whole address is taken as it is. `until(condition)`
 * waits for what no event tells.
 *
 * A page that complains on its console fails the test, unless `expected` matches every complaint.
 */
export function scene(name, { example, args, expected, engine = "chromium", timeout = 120_000 }, body) {
  test(name, { timeout }, async () => {
    const server = await start(example, args);
    const pages = new Pages(engine, server);
    try {
      await body({ server, open: (path, options) => pages.open(path, options), until });
      const complaints = pages.complaints.filter((text) => !expected?.test(text));
      assert.deepEqual(complaints, [], "errors on the console");
    } finally {
      await pages.close();
      await server.stop();
    }
  });
}

async function until(condition) {
  while (!(await condition())) await wait(50);
}

class Pages {
  complaints = [];
  #engine;
  #server;
  #contexts = [];

  constructor(engine, server) {
    this.#engine = engine;
    this.#server = server;
  }

  async open(path, { beside, before, ...options } = {}) {
    const { newContext, contextOf } = engines[this.#engine];
    const context = beside ? contextOf(beside) : await newContext(await launched(this.#engine), options);
    if (!beside) this.#contexts.push(context);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.complaints.push(`uncaught ${error.stack ?? error}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`${message.text()} at ${message.location()?.url}`);
    });
    await before?.(page);
    await page.goto(new URL(path, this.#server.url).href);
    return page;
  }

  close() {
    return Promise.all(this.#contexts.map((context) => context.close()));
  }
}
