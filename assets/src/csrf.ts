import { config, locate } from "./config.js";

let token: Promise<string> | undefined;

/** The token that calls carry: from the start where the page says so, else once it is asked for. */
export function csrf(fresh: boolean): Promise<string> | undefined {
  const isWanted = config.csrf ?? document.querySelector("meta[name=comet-csrf]");
  if (fresh || (!token && isWanted)) {
    token = load();
    token.catch(() => (token = undefined));
  }
  return token;
}

const load = async (): Promise<string> =>
  (await (await fetch(locate("/comet/csrf"))).json()).token;
