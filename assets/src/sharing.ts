import { config } from "./config.js";
import type { Desk, Tabs } from "./tabs.js";

let tabs: Promise<Tabs | undefined> | undefined;

/** The tabs to share a connection to this app with, where the browser and the page allow it. */
export function sharing(url: URL, desk: Omit<Desk, "app">): typeof tabs {
  if (!config.share || !navigator.locks || url.origin !== location.origin) return;
  return (tabs ??= import("./tabs.js")
    .then(({ Tabs }) => new Tabs({ app: url.pathname, ...desk }))
    .catch(() => (tabs = undefined)));
}
export type { Tabs };
