import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { press, shoot, shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

const example = "gallery";
process.env.TODOS_DB = ":memory:";
process.env.MESSENGER_DB = ":memory:";
const paths = ["/hello", "/progress", "/jobs", "/shoutbox", "/ticker", "/counter", "/chat", "/todos", "/notifications", "/messenger", "/camera", "/transports", "/upload", "/embed", "/sijax", "/roots", "/clicker", "/hall", "/words", "/blog", "/notices"];

scene("the index links every example, and each link works", { example }, async ({ open }) => {
  const page = await open("/");
  const links = await page.locator(".cards a").evaluateAll((all) => all.map((link) => link.pathname));
  assert.deepEqual(links, paths);
  for (const path of paths) {
    await page.goto(new URL("/", page.url()).href);
    await page.click(`.cards a[href="${path.slice(1)}"]`);
    await page.waitForURL(`**${path}`);
    assert.match(await page.locator(".source").textContent(), /#\[comet/, `${path} shows its source`);
  }
});

for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
  scene(`every page fits ${width} px, ${scheme}`, { example }, async ({ open }) => {
    for (const path of ["/", ...paths]) {
      const page = await open(path, { width, colorScheme: scheme });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`);
      await shoot(page, `gallery${path.replace("/", "-")}-${width}-${scheme}`);
      await page.close();
    }
  });
}

scene("every page is under a strict policy with Trusted Types", { example, expected: /'TrustedHTML' assignment/ }, async ({ open }) => {
  for (const path of ["/", ...paths]) {
    const page = await open(path);
    const refused = await page.evaluate(() => {
      try {
        document.createElement("p").innerHTML = "<b>text</b>";
        return false;
      } catch {
        return true;
      }
    });
    assert.ok(refused, `${path} lets text become markup`);
    await page.close();
  }
});

scene("the command line on each page reads its endpoint", { example }, async ({ server, open }) => {
  const run = promisify(execFile);
  for (const path of paths.filter((path) => path !== "/embed")) {
    const page = await open(path);
    if (path === "/jobs") {
      await press(page, "Start");
      await shows(page, "#job-1 .percent", /^100 %$/);
    }
    const shown = await page.locator("[aria-label='Shell command']").textContent();
    const command = shown.replaceAll("http://127.0.0.1:8080", server.url).replaceAll(/^curl /gm, "curl -sS -m 1 --fail ");
    // A stream goes on until curl's time is up, which is its exit code 28.
    const { stdout } = await run("bash", ["-c", command]).catch((error) => {
      if (error.code === 28) return error;
      throw error;
    });
    assert.match(stdout, /\S/, `${path}: ${command}`);
  }
});
