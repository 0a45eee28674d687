import type { Comet, Config } from "./api.js";
import { call, cancel } from "./call.js";
import { poll } from "./asking.js";
import { apply, command, register } from "./commands.js";
import { config } from "./config.js";
import { start } from "./declarative.js";
import { events, messages } from "./events.js";
import { formValues } from "./form.js";
import { fire, page } from "./report.js";
import { submit } from "./submit.js";
import { subscribe } from "./subscription.js";

export { CometError } from "./errors.js";

/** A page that loads this file under two URLs still has one client. */
const KEY = Symbol.for("comet");
const shared = document as Document & { [KEY]?: Comet };
const isFirst = !shared[KEY];

export const comet: Comet = (shared[KEY] ??= Object.assign(page as Comet, {
  call,
  cancel,
  submit,
  formValues,
  events,
  messages,
  subscribe,
  poll,
  register,
  command,
  apply,
  configure: (changes: Partial<Config>) => void Object.assign(config, changes),
}));

if (isFirst) {
  document.addEventListener("comet:error", (event) => {
    if (!fire(page, "error", (event as CustomEvent).detail)) event.preventDefault();
  });
  start();
}
