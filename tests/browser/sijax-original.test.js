// Sijax's own scripts, as they were released, against handlers: `tests/run.sh` downloads them from PyPI.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { shows } from "./harness/chromium.js";
import { scene } from "./harness/scene.js";

process.env.WIRE_CSRF = "1";
const example = "wire-app";
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const sijax = process.env.SIJAX ?? here("../.run/sijax/Sijax-0.3.2/sijax");
const scripts = ["js/sijax.js", "plugin/comet/js/sijax_comet.js", "plugin/upload/js/sijax_upload.js"];

const markup = `
  <p id="sum"></p><div id="bar" style="height: 1px"></div><p id="status"></p><p id="got"></p>
  <form id="form_one"><input name="message" value="as it was"><input name="file" type="file"><button>Send</button></form>`;

/** Puts the scripts in front of what the app renders, and the elements behind. */
async function serve(page, jquery) {
  await page.route("**/jquery.js", (route) => route.fulfill({ path: here(`node_modules/${jquery}/dist/jquery.js`) }));
  await page.route("**/original/**", (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: `${sijax}/${pathname.slice("/original/".length)}` });
  });
  await page.route("**/sijax?room=7", async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const response = await route.fetch();
    const tags = ["/jquery.js", ...scripts.map((path) => `/original/${path}`)];
    const head = tags.map((src) => `<script src="${src}"></script>`).join("");
    await route.fulfill({ response, body: `<!doctype html>${head}${await response.text()}${markup}` });
  });
}

/** What the page's next message box says. */
const said = (page) =>
  new Promise((resolve) => page.once("dialog", (dialog) => dialog.accept().then(() => resolve(dialog.message()))));

for (const jquery of ["jquery1", "jquery3", "jquery4"]) {
  scene(`S-23 S-18 Sijax's own scripts with ${jquery}`, { example }, async ({ open }) => {
    assert.ok(existsSync(sijax), `${sijax} is not there; tests/run.sh downloads it`);
    const page = await open("/sijax?room=7", { before: (page) => serve(page, jquery) });
    await page.waitForFunction(() => document.querySelector("#form_one input[name=sijax_rq]"));
    let box = said(page);
    await page.evaluate(() => Sijax.request("say", ["ä </script> 🌍"]));
    assert.equal(await box, "ä </script> 🌍");

    box = said(page);
    await page.evaluate(() => Sijax.request("say", []));
    assert.equal(await box, "You tried to perform an action in a wrong way! (Sijax error)");

    await page.evaluate(() => sjxComet.request("import_rows", [3]));
    await shows(page, "#status", /^done$/);
    assert.equal(await page.locator("#bar").evaluate((bar) => bar.style.width), "100%");
    await page.waitForFunction(() => !document.querySelector("iframe[id^=frame4_]"));

    box = said(page);
    await page.evaluate(() => sjxComet.request("say", ["</script><!--\u2028"]));
    assert.equal(await box, "</script><!--\u2028");

    box = said(page);
    await page.evaluate(() => sjxComet.request("nobody"));
    assert.equal(await box, "The action you performed is unavailable! (Sijax error)");

    box = said(page);
    await page.fill("#form_one [name=message]", "hello");
    await page.setInputFiles("#form_one [name=file]", { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("abc") });
    await page.click("#form_one button");
    assert.equal(await box, "form_one");
    await shows(page, "#got", /^hello Some\(UploadedFile .*name: "a\.txt".*bytes: 3/);
    assert.equal(await page.inputValue("#form_one [name=message]"), "as it was");
  });
}
