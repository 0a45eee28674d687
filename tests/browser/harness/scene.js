// One test: an example running, a browser open, and both gone at the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, openPage } from "./chromium.js";
import { start } from "./server.js";

/**
 * Runs `body({ server, open })` as the test `name`, with the example `example` serving. `open(path, options)` opens a
 * page of it in a context of its own.
 *
 * A page that complains on its console fails the test, unless `expected` matches every complaint.
 */
export function scene(name, { example, args, expected }, body) {
  test(name, { timeout: 60_000 }, async () => {
    const server = await start(example, args);
    try {
      const browser = await launch();
      const pages = [];
      const open = async (path, options) => {
        const page = await openPage(browser, options);
        pages.push(page);
        await options?.before?.(page);
        await page.goto(server.url + path);
        return page;
      };
      try {
        await body({ server, open });
      } finally {
        await browser.close();
      }
      const complaints = pages.flatMap((page) => page.complaints).filter((text) => !expected?.test(text));
      assert.deepEqual(complaints, [], "errors on the console");
    } finally {
      await server.stop();
    }
  });
}
