import type { Config } from "./api.js";

const optIn = (): HTMLScriptElement | null =>
  document.querySelector<HTMLScriptElement>("script[data-comet-scripts]");

export const config: Config = {
  mount: new URL("..", import.meta.url).href,
  html: "sanitize",
  scripts: globalThis.document && optIn()?.nonce,
  redirects: [],
  csrf: undefined,
  onError: undefined,
};

/** A route below the mount as a full URL; anything but a path stays what it is. */
export function locate(route: string | URL): URL {
  const mount = new URL(config.mount, location.href).href.replace(/\/$/, "");
  return new URL(/^\/(?!\/)/.test(String(route)) ? mount + route : route, location.href);
}
