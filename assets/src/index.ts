import type { Comet } from "./api.js";
import { call, cancel } from "./call.js";
import { poll } from "./asking.js";
import { apply, command, register } from "./commands.js";
import { config } from "./config.js";
import { start } from "./declarative.js";
import { events, messages } from "./events.js";
import { formValues } from "./form.js";
import { submit } from "./submit.js";
import { subscribe } from "./subscription.js";

export { CometError } from "./errors.js";

/** A page that loads this file under two URLs still has one client. */
const KEY = Symbol.for("comet");
const page = document as Document & { [KEY]?: Comet };
const isFirst = !page[KEY];

export const comet: Comet = (page[KEY] ??= {
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
  configure: (changes) => void Object.assign(config, changes),
});

if (isFirst) start();
