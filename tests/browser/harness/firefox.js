// Firefox as a user has it, minus its own background traffic, by WebDriver BiDi.
import puppeteer from "puppeteer-core";

const preferences = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.getAddons.cache.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
};

/** Starts a browser; `close()` ends it. */
export function launch() {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    extraPrefsFirefox: preferences,
    timeout: 120_000,
  });
}

export const newContext = (browser) => browser.createBrowserContext();

export const contextOf = (page) => page.browserContext();
