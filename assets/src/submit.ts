import type { Args, SubmitOptions } from "./api.js";
import { call } from "./call.js";
import { formValues, put } from "./form.js";

/** Files go as the browser's own multipart body; everything else as named JSON values. */
function argsOf(form: HTMLFormElement, submitter: HTMLElement | null | undefined): Args {
  if (form.querySelector("input[type=file]")) return new FormData(form, submitter);
  const values = formValues(form);
  const { name, value } = (submitter ?? {}) as HTMLButtonElement;
  if (name) put(values, name, value);
  return values;
}

export async function submit<T>(form: HTMLFormElement, options: SubmitOptions = {}): Promise<T> {
  const name = form.dataset["cometCall"];
  if (!name) throw new TypeError(`the form "${form.id}" has no data-comet-call="name of a handler"`);
  return call(name, argsOf(form, options.submitter), options);
}
