import type { Command, Message } from "./api.js";
import { setAttribute } from "./attributes.js";
import { config } from "./config.js";
import { CometError } from "./errors.js";
import { fragment, runScript } from "./html.js";
import { guard, report } from "./report.js";

/** The fields of the built-in commands, as the server writes them. */
interface Wire extends Command {
  readonly selector: string;
  readonly setType: string;
  readonly key: string;
  readonly value: string;
  readonly html: string;
  readonly text: string;
  readonly class: string;
  readonly event: string;
  readonly detail: unknown;
  readonly alert: string;
  readonly script: string;
  readonly remove: string;
  readonly redirect: string;
  readonly call: string;
  readonly params?: readonly unknown[];
}
type Apply = (command: Wire) => unknown;
type Place = "replaceChildren" | "append" | "prepend" | "replaceWith" | "before" | "after";

const functions = new Map<string, (...args: never[]) => unknown>();

export const register = (name: string, run: (...args: never[]) => unknown): void =>
  void functions.set(name, run);

const all = <E extends HTMLElement>(selector: string): NodeListOf<E> =>
  document.querySelectorAll<E>(selector);

const place =
  (where: Place): Apply =>
  ({ selector, html }) =>
    all(selector).forEach((element) => element[where](fragment(html)));

const classes =
  (change: "add" | "remove" | "toggle"): Apply =>
  (command) => {
    for (const element of all(command.selector)) {
      for (const name of command.class.split(/\s+/)) element.classList[change](name);
    }
  };

const replace = place("replaceChildren");
const append = place("append");
const prepend = place("prepend");

const types = new Map<string, Apply>(
  Object.entries<Apply>({
    alert: (command) => alert(command.alert),
    html: (command) =>
      (command.setType === "replace" ? replace : command.setType === "append" ? append : prepend)(
        command,
      ),
    replace: place("replaceWith"),
    before: place("before"),
    after: place("after"),
    text: ({ selector, text }) => all(selector).forEach((element) => (element.textContent = text)),
    attr({ selector, setType, key, value }) {
      const change = (before: string): unknown =>
        setType === "replace"
          ? value
          : setType === "append"
            ? (before ?? "") + value
            : value + (before ?? "");
      all(selector).forEach((element) => setAttribute(element, key, change));
    },
    css: ({ selector, key, value }) =>
      all(selector).forEach(({ style }) => {
        if (key.startsWith("--")) style.setProperty(key, value);
        else style[key as "color"] = value;
      }),
    add_class: classes("add"),
    remove_class: classes("remove"),
    toggle_class: classes("toggle"),
    value: ({ selector, value }) =>
      all<HTMLInputElement>(selector).forEach((element) => (element.value = value)),
    focus: ({ selector }) => all(selector)[0]?.focus(),
    dispatch: ({ selector, event, detail }) =>
      all(selector).forEach((element) =>
        element.dispatchEvent(new CustomEvent(event, { detail, bubbles: true, cancelable: true })),
      ),
    remove: (command) => all(command.remove).forEach((element) => element.remove()),
    redirect(command) {
      const { protocol, origin, href } = new URL(command.redirect, document.baseURI);
      const allowed = [location.origin, ...config.redirects].includes(origin);
      if (!allowed || !protocol.startsWith("http")) {
        throw new Error(`"${href}" is another origin; allow it with configure({ redirects })`);
      }
      location.assign(href);
    },
    call({ call, params = [] }) {
      const run = functions.get(call);
      if (!run) throw new Error(`no function is registered as "${call}"`);
      run(...(params as never[]));
    },
    script({ script }) {
      if (config.scripts === undefined) throw new Error("the page has not opted in to scripts");
      runScript(script);
    },
  }),
);

export const command = (type: string, run: (command: Command) => unknown): void =>
  void types.set(type, run);

function applyOne(one: Command): void {
  try {
    const run = types.get(one.type);
    if (!run) throw new Error("unknown command type");
    run(one as Wire);
  } catch (error) {
    const detail = `${JSON.stringify(one).slice(0, 200)}: ${(error as Error).message}`;
    report(new CometError("command", { title: "Command not applied", detail }));
  }
}

let queue: Command[] = [];
let pending: Promise<void> | undefined;

/** Resolves when every command taken so far is on the page. */
export const settled = (): Promise<void> | undefined => pending;

/** Applies commands in order, all that came since the last frame in one go. */
export function apply(commands: readonly Command[]): Promise<void> {
  queue.push(...commands);
  return (pending ??= turn().then(() => {
    const batch = queue;
    queue = [];
    pending = undefined;
    batch.forEach(applyOne);
  }));
}

/** The next frame; at once where no frames are drawn, soon where they stop being drawn. */
const turn = (): Promise<unknown> =>
  document.hidden
    ? Promise.resolve()
    : new Promise((resolve) => {
        requestAnimationFrame(resolve);
        setTimeout(resolve, 100);
      });

/** Applies a `page` message; false for any other. */
export function page(
  { event, data }: Message,
  onCommand?: (command: Command) => boolean | void,
): boolean {
  const isPage = event === "page";
  if (isPage) {
    const commands = data as Command[];
    void apply(onCommand ? commands.filter((one) => guard(() => onCommand(one)) !== false) : commands);
  }
  return isPage;
}
