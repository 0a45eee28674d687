import type { Config } from "./api.js";

/** The page's opt-in to `script` commands, if there is one. */
const optIn = "script[data-comet-scripts]";

export const config: Config = {
  mount: new URL("..", import.meta.url).href,
  html: "sanitize",
  scripts: document.querySelector<HTMLScriptElement>(optIn)?.nonce,
  redirects: [],
  csrf: undefined,
  transport: "sse",
  share: true,
  morph: undefined,
  onError: undefined,
};

/** A route below the mount as a full URL; anything but a path stays what it is. */
export function locate(route: string | URL): URL {
  const mount = new URL(config.mount, location.href).href.replace(/\/$/, "");
  return new URL(/^\/(?!\/)/.test(String(route)) ? mount + route : route, location.href);
}
