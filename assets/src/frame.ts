import type { Args } from "./api.js";
import type { Link, Open } from "./follow.js";
import { at } from "./stream.js";

type Field = readonly [name: string, value: string];

/** Calls go by a form, so their arguments go by name. */
export function framed(url: URL, args: Args): Open {
  if (Array.isArray(args) && args.length) {
    throw new TypeError("comet: a frame posts a form, so give its arguments by name");
  }
  const text = (value: unknown): string =>
    typeof value === "object" ? JSON.stringify(value) : String(value);
  const fields = Object.entries(args).flatMap(([name, value]) =>
    [value].flat().map((one): Field => [name, text(one)]),
  );
  return (link) => frame(url, fields, link);
}

/**
 * Posts a form into a hidden frame and reads the messages its document is made of.
 *
 * The frame is sandboxed without scripts: what arrives is data whatever it says.
 */
function frame(url: URL, fields: readonly Field[], link: Link): Promise<void> {
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
    const look = setInterval(() => {
      const now = iframe.contentDocument;
      if (!now || now === watched || now.URL === "about:blank") return;
      watched = now;
      observer.observe(now, { childList: true, subtree: true, characterData: true });
      read();
    }, 20);
    const end = (): void => {
      clearInterval(look);
      observer.disconnect();
      iframe.remove();
      resolve();
    };
    iframe.onload = (): void => {
      const now = iframe.contentDocument;
      if (now?.URL === "about:blank") return;
      watched = now;
      read();
      end();
    };
    link.signal.addEventListener("abort", end);
    post(at(url, link), fields, iframe.name);
  });
}

function post(url: URL, fields: readonly Field[], target: string): void {
  const form = document.createElement("form");
  url.searchParams.set("transport", "frame");
  Object.assign(form, { method: "post", action: url.href, target, hidden: true });
  for (const [name, value] of fields) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  // A field called "submit" would hide the form's own method.
  HTMLFormElement.prototype.submit.call(form);
  form.remove();
}
