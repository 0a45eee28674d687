// Chromium whose pages are hidden, and kept for the way back, as those of a user are; other drivers keep them from it.
import puppeteer from "puppeteer-core";
import { flags } from "./chromium.js";

export { contextOf, newContext } from "./firefox.js";

/** Starts a browser; `close()` ends it. */
export function launch() {
  return puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
}
