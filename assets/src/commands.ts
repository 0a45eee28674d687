import type { Command } from "./api.js";
import { setAttribute } from "./attributes.js";
import { config } from "./config.js";
import { CometError } from "./errors.js";
import { fragment, markup, policy, prepare } from "./html.js";
import { fire, report } from "./report.js";

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

/** Commands that apply to every element their selector matches. */
const each =
  (run: (element: HTMLElement, command: Wire) => unknown): Apply =>
  (command) => {
    const selector = command.selector ?? command.remove;
    for (const element of document.querySelectorAll<HTMLElement>(selector)) run(element, command);
  };

const place = (where: Place): Apply =>
  each((element, { html }) => element[where](fragment(html)));

const classes = (change: "add" | "remove" | "toggle"): Apply =>
  each((element, command) => {
    for (const name of command.class.split(" ")) element.classList[change](name);
  });

/** By the page's own way, or the one that is loaded when the first command asks for it. */
export const morphing = async () => config.morph ?? (await import("./morph.js")).morph;

const morph: Apply = async (command) => {
  const morph = await morphing();
  each((element, { html }) => morph(element, fragment(html)))(command);
};

const INSIDE: Record<string, Place> = { replace: "replaceChildren", append: "append" };

const types: Record<string, Apply> = {
    alert: (command) => alert(command.alert),
    html: (command) =>
      command.setType === "morph" ? morph(command) : place(INSIDE[command.setType] ?? "prepend")(command),
    replace: place("replaceWith"),
    before: place("before"),
    after: place("after"),
    remove: each((element) => element.remove()),
    text: each((element, { text }) => (element.textContent = text)),
    value: each((element, { value }) => ((element as HTMLInputElement).value = value)),
    attr: each(setAttribute),
    css: each(({ style }, { key, value }) => {
      if (key.startsWith("--")) style.setProperty(key, value);
      else style[key as "color"] = value;
    }),
    add_class: classes("add"),
    remove_class: classes("remove"),
    toggle_class: classes("toggle"),
    focus: ({ selector }) => document.querySelector<HTMLElement>(selector)?.focus(),
    dispatch: each((element, { event, detail }) => fire(element, event, detail)),
    redirect(command) {
      const { protocol, origin, href } = new URL(command.redirect, document.baseURI);
      const isAllowed = [location.origin, ...config.redirects].includes(origin);
      if (!isAllowed || !/^http/.test(protocol)) {
        throw new Error(`${origin} is none of the "redirects"`);
      }
      location.assign(href);
    },
    call({ call, params = [] }) {
      const run = functions.get(call);
      if (!run) throw new Error(`"${call}" is not registered`);
      run(...(params as never[]));
    },
    script: async ({ script }) => (await markup()).run(script, config.scripts, policy()),
};

export const command = (type: string, run: (command: Command) => unknown): void =>
  void (types[type] = run);

async function applyOne(one: Command): Promise<void> {
  try {
    if (!Object.hasOwn(types, one.type)) throw new Error(`unknown command "${one.type}"`);
    if ("html" in one) await prepare();
    const applied = types[one.type]!(one as Wire);
    if (one["setType"] === "morph" || one.type === "script") await applied;
  } catch (error) {
    const detail = `${(error as Error).message}: ${JSON.stringify(one).slice(0, 200)}`;
    report(new CometError("command", { detail }));
  }
}

const queue: Command[] = [];
let pending: Promise<void> | undefined;

/** Resolves when every command taken so far is on the page. */
export const settled = (): Promise<void> | undefined => pending;

/** Applies commands in order, all that came since the last frame in one go. */
export function apply(commands: readonly Command[]): Promise<void> {
  queue.push(...commands);
  return (pending ??= turn().then(async () => {
    for (let one; (one = queue.shift()); ) await applyOne(one);
    pending = undefined;
  }));
}

/** The next frame; at once where no frames are drawn, soon where they stop being drawn. */
const turn = (): Promise<unknown> =>
  new Promise((resolve) => {
    if (document.hidden) resolve(0);
    requestAnimationFrame(resolve);
    setTimeout(resolve, 100);
  });
