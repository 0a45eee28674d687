import type { Config } from "./api.js";

/** What the page's own script element asks for. */
const asked = (option: string): HTMLScriptElement | null =>
  document.querySelector(`script[data-comet-${option}]`);

export const config: Config = {
  mount: new URL("..", import.meta.url).href,
  html: "sanitize",
  scripts: asked("scripts")?.nonce,
  redirects: [],
  transport: "sse",
  share: true,
  pauseHidden: !!asked("pause-hidden"),
};

/** A route below the mount as a full URL; anything but a path stays what it is. */
export function locate(route: string | URL): URL {
  const mount = new URL(config.mount, location.href).href.replace(/\/$/, "");
  return new URL(/^\/(?!\/)/.test(String(route)) ? mount + route : route, location.href);
}
