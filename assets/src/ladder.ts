import { either, type Link, type Open } from "./follow.js";

const KEY = "comet";
const MINUTE = 60_000;
/** How long a connection may say nothing at all, its greeting included. */
const SILENCE = 10_000;

/** The rung in use, until when that counts, and when connections by it broke. */
let rung = "";
let until = 0;
let failures: number[] = [];
try {
  [rung, until] = JSON.parse(sessionStorage[KEY]);
} catch {
  // nothing is known yet, or the page may not store anything
}

function choose(name: string): void {
  rung = name;
  until = Date.now() + 60 * MINUTE;
  failures = [];
  try {
    sessionStorage[KEY] = JSON.stringify([rung, until]);
  } catch {
    // then it is known to this page only
  }
}

/**
 * Opens each connection by the transport that works: the next one is taken when three connections
 * broke early within a minute, or one said nothing. A server that cannot be reached, or refuses,
 * says nothing about transports, unless the page asks another site, which may let it use some only.
 *
 * Every five minutes the transport above is tried beside the one in use, which it takes the place
 * of as soon as it has said something.
 */
export const ladder =
  (names: readonly string[], by: (name: string) => Open, isForeign = false): Open =>
  async (link) => {
    const since = Date.now();
    const index = since < until ? Math.max(0, names.indexOf(rung)) : 0;
    const next = (): void => choose(names[(index + 1) % names.length]!);
    let silence: unknown = setTimeout(() => {
      next();
      link.cut();
    }, SILENCE);
    const trial = setInterval(() => {
      if (index) climb(names[index - 1]!, by, link);
    }, 5 * MINUTE);
    const emit: Link["emit"] = (message) => {
      clearTimeout(silence as number);
      silence = undefined;
      link.emit(message);
    };
    try {
      await by(names[index]!)({ ...link, emit });
    } finally {
      clearTimeout(silence as number);
      clearInterval(trial);
      const now = Date.now();
      if ((!silence || isForeign) && !link.signal.aborted && now - since < MINUTE) {
        failures = failures.filter((then) => now - then < MINUTE);
        if (failures.push(now) > 2) next();
      }
    }
  };

function climb(name: string, by: (name: string) => Open, link: Link): void {
  const trial = new AbortController();
  const signal = either(trial, link.signal);
  const stop = (): void => trial.abort();
  setTimeout(stop, SILENCE);
  const emit = (): void => {
    if (signal.aborted) return;
    stop();
    choose(name);
    link.emit({ event: "bye", data: { after: 1 } });
  };
  by(name)({ ...link, signal, cut: stop, alive() {}, emit }).then(stop, stop);
}
