import { config } from "./config.js";
import { isRefused } from "./attributes.js";

interface Policy {
  createHTML(html: string): string;
  createScript(script: string): string;
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}
type Sanitizing = HTMLTemplateElement & {
  setHTML?: (html: string, options: { sanitizer: object }) => void;
};

const same = (text: string): string => text;
const rules: Policy = { createHTML: same, createScript: same, createScriptURL: same };
let made: Policy | undefined;

/** The one Trusted Types policy. It stays in this module: no page script can borrow it. */
export const policy = (): Policy =>
  (made ??= (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy(
    "comet",
    rules,
  ) ?? rules);

/** Parses pushed HTML, without what could run code unless the page trusts it. */
export function fragment(html: string): DocumentFragment {
  const template: Sanitizing = document.createElement("template");
  if (config.html === "sanitize" && template.setHTML) {
    template.setHTML(html, { sanitizer: {} });
  } else {
    template.innerHTML = policy().createHTML(html);
    if (config.html === "sanitize") scrub(template.content);
  }
  return template.content;
}

/** What `setHTML` removes, for browsers without it; the tree is not parsed again afterwards. */
export function scrub(root: DocumentFragment): void {
  for (const element of root.querySelectorAll("*")) {
    if (/^(script|i?frame|object|embed|use)$/i.test(element.localName)) element.remove();
    for (const { name, value } of [...element.attributes]) {
      if (isRefused(name, value)) element.removeAttribute(name);
    }
    if (element instanceof HTMLTemplateElement) scrub(element.content);
  }
}

/** Runs a script as an element with the page's nonce, which a strict CSP asks for. */
export function runScript(script: string): void {
  const element = document.createElement("script");
  element.nonce = config.scripts ?? "";
  element.text = policy().createScript(script);
  document.head.append(element);
  element.remove();
}
