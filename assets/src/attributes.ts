const URLS = /^((xlink:)?href|src|(form)?action|data|to|from|by|values)$/i;
const SCRIPT_URL = /(^|;)((java|vb)script:|data:(?!image\/))/i;

/** Whether this attribute would make the page run code. */
export const isRefused = (name: string, value: string): boolean =>
  /^(on.*|srcdoc)$/i.test(name) ||
  (URLS.test(name) && SCRIPT_URL.test(value.replace(/[\0- ]+/g, "")));

interface Change {
  readonly key: string;
  readonly value: unknown;
  readonly setType: string;
}

/**
 * Sets an attribute, or the property where that is the state a user sees: `value`, and whatever
 * is a boolean or a number (`checked`, `disabled`, `scrollTop`), as jQuery's `prop` does.
 */
export function setAttribute(element: Element, { key: name, value, setType: how }: Change): void {
  const properties = element as unknown as Record<string, unknown>;
  const isProperty = name === "value" || /^(boolean|number)$/.test(typeof properties[name]);
  const before = (isProperty ? properties[name] : element.getAttribute(name)) ?? "";
  const next = how === "append" ? `${before}${value}` : how === "prepend" ? `${value}${before}` : value;
  if (isRefused(name, String(next)) || name === "style" || element.localName === "script") {
    throw new Error(`"${name}" could run code`);
  }
  if (isProperty) properties[name] = next;
  else if (next === null) element.removeAttribute(name);
  else element.setAttribute(name, String(next));
}
