const URLS = /^((xlink:)?href|src|(form)?action|data|to|from|by|values)$/i;
const SCRIPT_URL = /(^|;)((java|vb)script:|data:(?!image\/))/i;

/** Whether this attribute would make the page run code. */
export const isRefused = (name: string, value: string): boolean =>
  /^(on.*|srcdoc)$/i.test(name) ||
  // eslint-disable-next-line no-control-regex
  (URLS.test(name) && SCRIPT_URL.test(value.replace(/[\0- ]+/g, "")));

const NAMES: Record<string, string> = { className: "class", htmlFor: "for" };

/**
 * Sets an attribute, or the property where that is the state a user sees: `value`, and whatever
 * is a boolean or a number (`checked`, `disabled`, `scrollTop`), as jQuery's `prop` does.
 */
export function setAttribute(
  element: Element,
  key: string,
  change: (before: never) => unknown,
): void {
  const owner = element as unknown as Record<string, unknown>;
  const kind = typeof owner[key];
  const name = NAMES[key] ?? key;
  const isProperty = kind === "boolean" || kind === "number" || key === "value";
  const value = change((isProperty ? owner[key] : element.getAttribute(name)) as never);
  if (isRefused(name, String(value)) || name === "style" || element.localName === "script") {
    throw new Error(`attribute "${name}" could run code; it is not set`);
  }
  if (isProperty) owner[key] = value;
  else if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}
