/** A page for tests, put where the client looks for one. Import it before what is tested. */
import { Window } from "happy-dom";

const window = new Window({ url: "http://app.test/page" });
const shared = [
  ["document", "location", "navigator", "customElements", "EventTarget", "Event", "CustomEvent", "SubmitEvent", "MutationObserver"],
  ["Element", "HTMLElement", "HTMLFormElement", "HTMLTemplateElement"],
].flat();
for (const name of shared) {
  const value = window[name as keyof typeof window];
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
/** As browsers have it: happy-dom takes one option only of a list that may have several. */
class PageFormData extends window.FormData {
  constructor(form?: HTMLFormElement, submitter?: HTMLElement | null) {
    super(form as never, submitter as never);
    for (const list of form?.querySelectorAll("select") ?? []) {
      if (!list.multiple) continue;
      this.delete(list.name);
      for (const { value } of list.selectedOptions) this.append(list.name, value);
    }
  }
}
Object.assign(globalThis, {
  FormData: PageFormData,
  addEventListener: window.addEventListener.bind(window),
  requestAnimationFrame: (run: () => void) => setImmediate(run),
});

export const html = (markup: string): void => void (document.body.innerHTML = markup);

export const $ = <E extends HTMLElement>(selector: string): E =>
  document.querySelector<E>(selector)!;

/** Errors that were reported on the page since the last call. */
export function reported(): { kind: string; detail: string }[] {
  return errors.splice(0);
}
const errors: { kind: string; detail: string }[] = [];
document.addEventListener("comet:error", (event) => {
  errors.push((event as CustomEvent).detail);
  event.preventDefault();
});

/** Lets everything that is ready run, which no clock has to do with. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
