import type { Args, Problem } from "./api.js";
import type { Link, Open } from "./follow.js";
import type { Kit } from "./kit.js";

/** A call by a form, so its arguments go by name. */
export const posted =
  (kit: Kit, url: URL, args: Args): Open =>
  async (link) => {
    if (Array.isArray(args) && args.length) {
      throw kit.refused({ title: "A frame posts a form, so give its arguments by name" });
    }
    await frame(link, ({ name }) => post(streamed(kit, url, link), args, name));
  };

/** A stream of channels, which says why it is refused in its only message. */
export const framed =
  (kit: Kit, url: URL): Open =>
  (link) =>
    new Promise((resolve, reject) => {
      const emit: Link["emit"] = (message) =>
        message.event === "error" ? reject(kit.refused(message.data as Problem)) : link.emit(message);
      const load = (iframe: HTMLIFrameElement): void => {
        iframe.src = streamed(kit, url, link).href;
      };
      void frame({ ...link, emit }, load).then(resolve);
    });

function streamed(kit: Kit, url: URL, link: Link): URL {
  const here = kit.at(url, link);
  here.searchParams.set("transport", "frame");
  return here;
}

/**
 * Reads the messages that the document in a hidden frame is made of.
 *
 * The frame is sandboxed without scripts: what arrives is data whatever it says.
 */
function frame(link: Link, load: (iframe: HTMLIFrameElement) => void): Promise<void> {
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
    load(iframe);
  });
}

function post(url: URL, args: Args, target: string): void {
  const form = document.createElement("form");
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
