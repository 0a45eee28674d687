import type { Args, CallOptions, State } from "./api.js";
import { call, cancel } from "./call.js";
import { messages } from "./events.js";
import { valuesOf } from "./form.js";
import { report } from "./report.js";
import { submit } from "./submit.js";

const CONTROLS = "input:not([type=button],[type=submit]),select,textarea";
const busy = new WeakSet<Element>();
const streams = new Map<HTMLElement, { route: string; stop: AbortController }>();

const fire = (target: EventTarget, name: string, detail: unknown): void =>
  void target.dispatchEvent(new CustomEvent(`comet:${name}`, { bubbles: true, detail }));

const near = ({ target }: Event, selector: string): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null;

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
    fire(element, "done", await start({ onState }));
  } catch (error) {
    if (now === "running") onState("failed");
    if (now === "failed") report(error, element.isConnected ? element : document);
  }
  element.removeAttribute("aria-busy");
  busy.delete(element);
}

function trigger(element: HTMLElement): void {
  const { cometCall, cometArgs } = element.dataset;
  void run(element, async (options) => {
    const own = element.matches(CONTROLS) ? valuesOf([element]) : [];
    return call(cometCall!, cometArgs ? (JSON.parse(cometArgs) as Args) : own, options);
  });
}

function onClick(event: MouseEvent): void {
  const element = near(event, "[data-comet-call],[data-comet-cancel]");
  if (!element || element.matches(`form,${CONTROLS}`)) return;
  event.preventDefault();
  const { cometCancel } = element.dataset;
  if (cometCancel === undefined) trigger(element);
  else cancel(cometCancel);
}

function onChange(event: Event): void {
  const element = near(event, "[data-comet-call]");
  if (element?.matches(CONTROLS)) trigger(element);
}

function onSubmit(event: SubmitEvent): void {
  const form = near(event, "form[data-comet-call]") as HTMLFormElement | null;
  if (!form) return;
  event.preventDefault();
  void run(form, (options) => submit(form, { ...options, submitter: event.submitter }));
}

async function listen(element: HTMLElement, route: string, signal: AbortSignal): Promise<void> {
  const names = ["message", ...(element.dataset["cometOn"]?.split(/[\s,]+/) ?? [])];
  const onState = (state: State): void => void (element.dataset["cometState"] = state);
  try {
    for await (const { event, data } of messages(route, { names, signal, onState })) {
      fire(element, event, data);
    }
  } catch (error) {
    if (!signal.aborted) report(error, element);
  }
}

/** Opens a stream for each element that asks for one, and closes those whose element is gone. */
function sync(): void {
  for (const [element, { route, stop }] of streams) {
    if (element.isConnected && element.dataset["cometEvents"] === route) continue;
    stop.abort();
    streams.delete(element);
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-comet-events]")) {
    if (streams.has(element)) continue;
    const route = element.dataset["cometEvents"]!;
    const stop = new AbortController();
    streams.set(element, { route, stop });
    void listen(element, route, stop.signal);
  }
}

/** Takes the `data-comet-*` attributes of the page into service. */
export function start(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("submit", onSubmit);
  const attributeFilter = ["data-comet-events"];
  new MutationObserver(sync).observe(document, { childList: true, subtree: true, attributeFilter });
  sync();
}
