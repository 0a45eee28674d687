/** Full jitter: `random(0, min(cap, 300·2^attempt))` ms, capped at 3 s for the first 30 s. */
export function delay(attempt: number, away: number, random = Math.random): number {
  return random() * Math.min(away < 30_000 ? 3_000 : 30_000, 300 * 2 ** attempt);
}

/** Resolves after so many ms, when the machine comes online, or when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  await new Promise<unknown>((resolve) => {
    setTimeout(resolve, ms);
    addEventListener("online", resolve, over);
    signal.addEventListener("abort", resolve, over);
  });
  over.abort();
}
