import { config } from "./config.js";
import type { Desk, Tabs } from "./tabs.js";

let tabs: Promise<Tabs | undefined> | undefined;

/** The tabs to share a connection to this app with, where the browser and the page allow it. */
export function sharing(url: URL, desk: Omit<Desk, "mount">): Promise<Tabs | undefined> | undefined {
  const canShare = globalThis.navigator?.locks && globalThis.BroadcastChannel;
  if (!config.share || !canShare || url.origin !== location.origin) return;
  const [mount] = url.href.split("?");
  return (tabs ??= import("./tabs.js").then(
    ({ Tabs }) => new Tabs({ mount: mount!, ...desk }),
    () => (tabs = undefined),
  ));
}
export type { Tabs };
