import { config } from "./config.js";

/** Told whenever the page may have been away, so that what it knows of its connections may be old. */
export const watchers = new Set<(isBack: true) => void>();

let day = new AbortController();
/** The browser has frozen the page, or keeps it for the way back. */
let isKept = false;

const isAsleep = (): boolean => isKept || (document.hidden && config.pauseHidden);

function hear({ type }: Event): void {
  isKept = /freeze|hide/.test(type) || (isKept && !/resume|show/.test(type));
  if (isAsleep()) day.abort();
  for (const watcher of watchers) watcher(true);
}
for (const type of "freeze pagehide resume pageshow visibilitychange online focus".split(" ")) {
  // Some come to the document and do not bubble, others to the window only.
  for (const target of [document, globalThis]) target.addEventListener(type, hear);
}

/**
 * Resolves when the page is awake, with a signal that aborts when it falls asleep: no stream is
 * left open for a page that the browser has frozen, keeps for the way back, or that is hidden where
 * `pauseHidden` is set.
 */
export async function today(): Promise<AbortSignal> {
  let wake: (isBack: true) => void;
  while (isAsleep()) {
    await new Promise<unknown>((resolve) => watchers.add((wake = resolve)));
    watchers.delete(wake!);
  }
  if (day.signal.aborted) day = new AbortController();
  return day.signal;
}
