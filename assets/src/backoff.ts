/** Full jitter: `random(0, min(cap, 300·2^attempt))` ms, capped at 3 s for the first 30 s. */
export function delay(attempt: number, away: number, random = Math.random): number {
  return random() * Math.min(away < 30_000 ? 3_000 : 30_000, 300 * 2 ** attempt);
}

/** Resolves after so many ms, at once when the machine comes online, or when the signal aborts. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
    signal?.addEventListener("abort", end);
  });
}
