type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Values = Record<string, unknown>;

const NAME = /^([^[\]]+)((?:\[[^[\]]+\])*)(\[\])?$/;

/** The values of these controls as one object; `a[b]` nests and `a[]` collects. */
export function valuesOf(controls: Iterable<Element>): Values {
  const values: Values = {};
  for (const control of controls) {
    if (isSent(control)) for (const value of sent(control)) put(values, control.name, value);
  }
  return values;
}

export function formValues(form: HTMLFormElement | string): Values {
  const found = typeof form === "string" ? document.querySelector<HTMLFormElement>(form) : form;
  return valuesOf(found?.elements ?? []);
}

/** Whether a form would send this control: named, enabled, and not an unchecked box or a button. */
function isSent(control: Element): control is Control {
  const { name, type, checked } = control as HTMLInputElement;
  return (
    !!name &&
    !control.matches(":disabled,button,output,object,fieldset") &&
    !/^(submit|button|image|reset|file)$/.test(type) &&
    (checked || !/^(checkbox|radio)$/.test(type))
  );
}

const sent = (control: Control): string[] =>
  control.type === "select-multiple"
    ? [...(control as HTMLSelectElement).selectedOptions].map(({ value }) => value)
    : [control.value];

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
  typeof value === "object" && value !== null && !Array.isArray(value);
