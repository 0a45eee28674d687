import type { Args, CallOptions, State } from "./api.js";
import { call, cancel } from "./call.js";
import { morphing } from "./commands.js";
import { config } from "./config.js";
import type { Swap } from "./element.js";
import { messages } from "./events.js";
import { valueOf } from "./form.js";
import { fragment, prepare } from "./html.js";
import { patiently } from "./patience.js";
import { fire, report } from "./report.js";
import { submit } from "./submit.js";
import { positionOf, subscribe } from "./subscription.js";

const CONTROLS = "input:not([type=button],[type=submit]),select,textarea";
const ACTIVE = "[data-comet-call],[data-comet-cancel]";
const SOURCE = "[data-comet-events],[data-comet-channel]";
/** What is placed by a module that is loaded for the first such element. */
const PLACED = "comet-source,[data-comet-swap]";
/** What says which stream an element has: another value begins another one. */
const ATTRIBUTES = ["events", "channel", "cursor"].map((name) => `data-comet-${name}`);
const busy = new WeakSet<Element>();
const streams = new Map<HTMLElement, { source: string; stop: AbortController }>();

let placing: Promise<Swap> | undefined;

/** What puts messages into the page, and makes `<comet-source>` an element. */
const placer = (): Promise<Swap> =>
  (placing ??= patiently("element.js", () => import("./element.js")).then(({ element }) =>
    element({ config, fire, report, messages, positionOf, subscribe, fragment, prepare, morph: morphing }),
  ));

const hasPlace = (element: Element): boolean =>
  element.matches(PLACED) || !!element.querySelector(PLACED);

/** Runs a call for an element, which shows how it is going; one at a time. */
async function run(
  element: HTMLElement,
  start: (options: CallOptions) => Promise<unknown>,
): Promise<void> {
  const { cometConfirm } = element.dataset;
  if (busy.has(element) || (cometConfirm && !confirm(cometConfirm))) return;
  busy.add(element);
  element.setAttribute("aria-busy", "true");
  let now = "running" as State;
  const onState = (state: State): void => void (element.dataset["cometState"] = now = state);
  try {
    fire(element, "comet:done", await start({ onState }));
  } catch (error) {
    if (now === "running") onState("failed");
    if (now === "failed") report(error, element.isConnected ? element : document);
  }
  element.removeAttribute("aria-busy");
  busy.delete(element);
}

/** Forms act when they are submitted, controls when they have changed, anything else on click. */
function act(event: Event): void {
  const { target, type } = event;
  const element = target instanceof Element && target.closest<HTMLElement>(ACTIVE);
  if (!element) return;
  const kind = element.matches("form") ? "submit" : element.matches(CONTROLS) ? "change" : "click";
  if (type !== kind) return;
  event.preventDefault();
  const { cometCancel, cometCall, cometArgs } = element.dataset;
  if (cometCancel !== undefined) return cancel(cometCancel);
  void run(element, async (options) => {
    const { submitter } = event as SubmitEvent;
    if (kind === "submit") return submit(element as HTMLFormElement, { ...options, submitter });
    const own = kind === "change" ? valueOf(element) : [];
    return call(cometCall!, cometArgs ? (JSON.parse(cometArgs) as Args) : own, options);
  });
}

/** Passes a stream on as events of the element. */
async function listen(element: HTMLElement, signal: AbortSignal): Promise<void> {
  const { cometEvents, cometChannel, cometCursor, cometHistory = 0, cometOn } = element.dataset;
  const onState = (state: State): void => void (element.dataset["cometState"] = state);
  const names = ["message", ...(cometOn?.split(/[\s,]+/) ?? [])];
  const options = { signal, onState, names, cursor: cometCursor!, history: +cometHistory };
  const source = cometEvents
    ? messages(cometEvents, options)
    : subscribe(cometChannel!, undefined, options);
  try {
    for await (const { event, data } of source) {
      const isWanted = fire(element, `comet:${event}`, data) && hasPlace(element);
      if (isWanted) await (await placer())(element, event, data);
    }
  } catch (error) {
    if (!signal.aborted) report(error, element);
  }
}

const sourceOf = (element: HTMLElement): string =>
  ATTRIBUTES.map((name) => element.getAttribute(name)).join(" ");

/** Opens a stream for each element that asks for one, and closes those whose element is gone. */
function sync(): void {
  if (!placing && hasPlace(document.documentElement)) placer().catch(report);
  for (const [element, { source, stop }] of streams) {
    if (element.isConnected && sourceOf(element) === source) continue;
    stop.abort();
    streams.delete(element);
  }
  for (const element of document.querySelectorAll<HTMLElement>(SOURCE)) {
    if (streams.has(element)) continue;
    const stop = new AbortController();
    streams.set(element, { source: sourceOf(element), stop });
    void listen(element, stop.signal);
  }
}

/** Takes the `data-comet-*` attributes of the page into service. */
export function start(): void {
  for (const type of ["click", "change", "submit"]) document.addEventListener(type, act);
  const options = { childList: true, subtree: true, attributeFilter: ATTRIBUTES };
  new MutationObserver(sync).observe(document, options);
  sync();
}
