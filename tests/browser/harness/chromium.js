// Chromium as a user has it, minus its own background traffic.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const shots = fileURLToPath(new URL("../../.run/screenshots/", import.meta.url));

export const flags = [
  "--no-sandbox", // root has no user namespace to sandbox in
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-client-side-phishing-detection",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-sync",
  "--metrics-recording-only",
  "--no-first-run",
  "--no-pings",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** Starts a browser; `close()` ends it. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
}

export const newContext = (browser, { width = 1280, height = 900, ...options }) =>
  browser.newContext({ viewport: { width, height }, ...options });

export const contextOf = (page) => page.context();

/** Keeps a picture of the page for people to look at. */
export async function shoot(page, name) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}${name}.png`, fullPage: true });
}

/** Waits until `selector` shows text that `pattern` matches. */
export async function shows(page, selector, pattern) {
  await page.waitForFunction(
    ([selector, source]) => new RegExp(source).test(document.querySelector(selector)?.textContent ?? ""),
    [selector, pattern.source],
    { timeout: 10_000 },
  );
}

/** Clicks the button with this label. */
export function press(page, name) {
  return page.getByRole("button", { name, exact: true }).click();
}
