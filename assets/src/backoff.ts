import { watchers } from "./day.js";

/** Full jitter: `random(0, min(cap, 300·2^attempt))` ms, capped at 3 s for the first 30 s. */
export function delay(attempt: number, away: number, random = Math.random): number {
  return random() * Math.min(away < 30_000 ? 3_000 : 30_000, 300 * 2 ** attempt);
}

/**
 * Resolves after so many ms, or when the signal aborts; where nobody has asked for just that time,
 * also when the machine comes online or the page is looked at again.
 */
export async function pause(ms: number, signal: AbortSignal, isAsked: boolean): Promise<void> {
  let wake!: (value: unknown) => void;
  await new Promise((resolve) => {
    setTimeout((wake = resolve), ms);
    signal.addEventListener("abort", wake);
    if (!isAsked) watchers.add(wake);
  });
  signal.removeEventListener("abort", wake);
  watchers.delete(wake);
}
