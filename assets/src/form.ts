type Control = HTMLInputElement & HTMLSelectElement;
type Values = Record<string, unknown>;

const NAME = /^([^[\]]+)((?:\[[^[\]]+\])*)(\[\])?$/;

/** The values a browser would send, without files, as one object; `a[b]` nests and `a[]` collects. */
export function formValues(form: HTMLFormElement | string): Values {
  const values: Values = {};
  const found = typeof form === "string" ? document.querySelector<HTMLFormElement>(form) : form;
  for (const [name, value] of found ? new FormData(found) : []) {
    if (typeof value === "string") put(values, name, value);
  }
  return values;
}

/** What a form would send of this control alone. */
export function valueOf(control: Element): Values {
  const values: Values = {};
  const { name, type, checked, selectedOptions } = control as Control;
  if (checked || !/^(checkbox|radio|file)$/.test(type)) {
    for (const { value } of selectedOptions ?? [control]) put(values, name, value);
  }
  return values;
}

/** Puts a value where its name says; a name that is no such path is skipped. */
export function put(values: Values, name: string, value: unknown): void {
  const [, first, nested, list] = NAME.exec(name) ?? [];
  if (!first) return;
  const path = [first, ...(nested?.slice(1, -1).split("][") ?? [])].filter(Boolean);
  if (path.includes("__proto__")) return;
  const last = path.pop()!;
  let owner = values;
  for (const key of path) {
    const next = owner[key];
    owner = (isObject(next) ? next : (owner[key] = {})) as Values;
  }
  const before = owner[last];
  if (!list) owner[last] = value;
  else if (Array.isArray(before)) before.push(value);
  else owner[last] = [value];
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && !Array.isArray(value);
