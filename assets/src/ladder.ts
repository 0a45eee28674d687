import type { Link, Open } from "./follow.js";

const KEY = "comet";
const MINUTE = 60_000;
/** How long a connection may say nothing at all, its greeting included. */
const SILENCE = 10_000;

/** The rung in use, until when that counts, and when connections by it broke. */
let rung = 0;
let until = 0;
let failures: number[] = [];
try {
  [rung, until] = JSON.parse(sessionStorage[KEY]);
} catch {
  // nothing is known yet, or the page may not store anything
}

/**
 * Opens each connection by the transport that works: the next one is taken when three connections
 * broke early within a minute, or one said nothing. A server that cannot be reached, or refuses,
 * says nothing about transports.
 */
export const ladder =
  (...rungs: readonly Open[]): Open =>
  async (link: Link) => {
    const since = Date.now();
    if (since > until) rung = 0;
    const next = (): void => {
      rung = (rung + 1) % rungs.length;
      until = Date.now() + 60 * MINUTE;
      failures = [];
      try {
        sessionStorage[KEY] = JSON.stringify([rung, until]);
      } catch {
        // then it is known to this page only
      }
    };
    let silence: unknown = setTimeout(() => {
      next();
      link.cut();
    }, SILENCE);
    const emit: Link["emit"] = (message) => {
      clearTimeout(silence as number);
      silence = undefined;
      link.emit(message);
    };
    try {
      await rungs[rung % rungs.length]!({ ...link, emit });
    } finally {
      clearTimeout(silence as number);
      const now = Date.now();
      if (!silence && !link.signal.aborted && now - since < MINUTE) {
        failures = failures.filter((then) => now - then < MINUTE);
        if (failures.push(now) > 2) next();
      }
    }
  };
