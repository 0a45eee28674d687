import { config } from "./config.js";

export interface Policy {
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

/** What browsers without `setHTML` need, and pages that run scripts: loaded for the first of them. */
export const markup = async () => (await import("./markup.js")).markup;
let scrub: ((root: DocumentFragment) => void) | undefined;

/** Loads what `fragment` needs in this browser. */
export async function prepare(): Promise<void> {
  if (!("setHTML" in Element.prototype)) scrub ??= (await markup()).scrub;
}

/** Parses pushed HTML, without what could run code unless the page trusts it. */
export function fragment(html: string): DocumentFragment {
  const template: Sanitizing = document.createElement("template");
  const { content } = template;
  const { html: how } = config;
  if (typeof how === "function") content.append(how(html));
  else if (how === "sanitize" && template.setHTML) template.setHTML(html, { sanitizer: {} });
  else {
    template.innerHTML = policy().createHTML(html);
    if (how === "sanitize") scrub!(content);
  }
  return content;
}
