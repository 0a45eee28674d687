import { isRefused } from "./attributes.js";
import type { Policy } from "./html.js";

export const markup = {
  /** What `setHTML` removes, for browsers without it; the tree is not parsed again afterwards. */
  scrub(root: DocumentFragment): void {
    for (const element of root.querySelectorAll("*")) {
      if (/^(script|i?frame|object|embed|use)$/i.test(element.localName)) element.remove();
      for (const { name, value } of [...element.attributes]) {
        if (isRefused(name, value)) element.removeAttribute(name);
      }
      if (element instanceof HTMLTemplateElement) markup.scrub(element.content);
    }
  },

  /** Runs a script as an element with the page's nonce, which a strict CSP asks for. */
  run(script: string, nonce: string | undefined, policy: Policy): void {
    if (nonce === undefined) {
      throw new Error("the page has not opted in: its client's <script> has no data-comet-scripts");
    }
    const element = document.createElement("script");
    element.nonce = nonce;
    element.text = policy.createScript(script);
    document.head.append(element);
    element.remove();
  },
};
