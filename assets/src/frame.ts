import type { Args } from "./api.js";
import type { Link, Open } from "./follow.js";
import { at } from "./stream.js";

/** Calls go by a form, so their arguments go by name. */
export function framed(url: URL, args: Args): Open {
  if (Array.isArray(args) && args.length) {
    throw new TypeError("comet: a frame posts a form, so give its arguments by name");
  }
  return (link) => frame(url, args, link);
}

/**
 * Posts a form into a hidden frame and reads the messages its document is made of.
 *
 * The frame is sandboxed without scripts: what arrives is data whatever it says.
 */
function frame(url: URL, args: Args, link: Link): Promise<void> {
  return new Promise((resolve) => {
    const iframe = document.createElement("iframe");
    iframe.setAttribute("sandbox", "allow-same-origin");
    iframe.hidden = true;
    iframe.name = `comet-${Math.random()}`;
    document.body.append(iframe);

    let watched: Document | null = null;
    const read = (): void => {
      for (const node of watched?.querySelectorAll("c-f") ?? []) {
        let message;
        try {
          message = JSON.parse(node.textContent!);
        } catch {
          return; // the rest of this element is still on its way
        }
        node.remove();
        link.emit(message);
      }
    };
    const observer = new MutationObserver(() => {
      link.alive();
      read();
    });
    // The navigation puts a new document in place of the blank one, and nothing says when.
    const look = (): boolean => {
      const now = iframe.contentDocument;
      if (!now || now.URL === "about:blank") return false;
      if (watched !== now) {
        watched = now;
        observer.observe(now, { childList: true, subtree: true, characterData: true });
      }
      read();
      return true;
    };
    const timer = setInterval(look, 20);
    const end = (): void => {
      clearInterval(timer);
      iframe.remove();
      resolve();
    };
    iframe.onload = (): void => {
      if (look()) end();
    };
    link.signal.addEventListener("abort", end);
    post(at(url, link), args, iframe.name);
  });
}

function post(url: URL, args: Args, target: string): void {
  const form = document.createElement("form");
  url.searchParams.set("transport", "frame");
  Object.assign(form, { method: "post", action: url.href, target, hidden: true });
  for (const [name, values] of Object.entries(args)) {
    for (const one of [values].flat()) {
      const input = document.createElement("input");
      const value = typeof one === "object" ? JSON.stringify(one) : one;
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
  }
  document.body.append(form);
  // A field called "submit" would hide the form's own method.
  HTMLFormElement.prototype.submit.call(form);
  form.remove();
}
