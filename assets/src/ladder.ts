import { either, type Link, type Open } from "./follow.js";
import { KEY, listen, SILENCE, type Trouble } from "./rungs.js";

const MINUTE = 60_000;

/** Opens a connection by a transport, which may say that the next one is to be taken. */
type Way = (name: string, down: () => void) => Open;

/** The rung in use, until when that counts, and when connections by it broke. */
let rung = "";
let until = 0;
let failures: number[] = [];
let isNew = true;

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

/** Begins with what is known of the transports: by an earlier page, and by this one. */
export function remember(trouble: Trouble, names: readonly string[]): void {
  if (!isNew) return;
  isNew = false;
  try {
    [rung, until] = JSON.parse(sessionStorage[KEY]);
  } catch {
    // nothing is known yet, or the page may not store anything
  }
  if (trouble === "silent") choose(names[1]!);
  if (trouble === "broke") failures = [Date.now()];
}

/**
 * Opens each connection by the transport that works: the next one is taken when three connections
 * broke early within a minute, or one said nothing. A server that cannot be reached, or refuses,
 * says nothing about transports, unless the page asks another site, which may let it use some only.
 *
 * Every five minutes the transport above is tried beside the one in use, which it takes the place
 * of as soon as it has said something.
 */
export const climb =
  (names: readonly string[], by: Way, isForeign = false): Open =>
  async (link) => {
    const since = Date.now();
    const index = since < until ? Math.max(0, names.indexOf(rung)) : 0;
    const next = (): void => choose(names[(index + 1) % names.length]!);
    let isSilent = true;
    const trial = setInterval(() => {
      if (index) tryBetter(names[index - 1]!, by, link);
    }, 5 * MINUTE);
    const emit: Link["emit"] = (message) => {
      isSilent = false;
      link.emit(message);
    };
    try {
      await listen(by(names[index]!, next), { ...link, emit }, next);
    } finally {
      clearInterval(trial);
      const now = Date.now();
      if ((!isSilent || isForeign) && !link.signal.aborted && now - since < MINUTE) {
        failures = failures.filter((then) => now - then < MINUTE);
        if (failures.push(now) > 2) next();
      }
    }
  };

function tryBetter(name: string, by: Way, link: Link): void {
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
  by(name, stop)({ ...link, signal, cut: stop, alive() {}, emit }).then(stop, stop);
}
