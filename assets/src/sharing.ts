import type { Kit } from "./kit.js";
import { type Desk, Tabs } from "./tabs.js";

let tabs: Tabs | undefined;

/** The tabs to share a connection to this app with, where the browser and the page allow it. */
export function sharing({ config, today }: Kit, url: URL, desk: Omit<Desk, "app" | "today">): Tabs | undefined {
  if (!config.share || !navigator.locks || url.origin !== location.origin) return;
  return (tabs ??= new Tabs({ app: url.pathname, today, ...desk }));
}
export type { Tabs };
