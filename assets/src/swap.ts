import type { CometKit } from "./element.js";

/** An element whose content the messages of a stream become. */
const PLACE = "[data-comet-swap]";
const SOURCE = "comet-source,[data-comet-events],[data-comet-channel]";

type Way = "replaceChildren" | "append" | "prepend" | "before" | "after" | "replaceWith";
const WAYS: Record<string, Way> = {
  append: "append",
  prepend: "prepend",
  before: "before",
  after: "after",
  replace: "replaceWith",
};

export const words = (list: string | null | undefined): string[] => list?.match(/[^\s,]+/g) ?? [];

/** What a dotted path leads to; `undefined` where the message says nothing of it. */
function pick(data: unknown, path: string | undefined): unknown {
  let value = data;
  for (const name of path?.split(".") ?? []) {
    value = Object.hasOwn(Object(value) as object, name) ? (value as Record<string, unknown>)[name] : undefined;
  }
  return value;
}

/** Puts a message into the places of its source: those for which no other source is nearer. */
export async function swap(kit: CometKit, source: HTMLElement, event: string, data: unknown): Promise<void> {
  for (const place of [source, ...source.querySelectorAll<HTMLElement>(PLACE)]) {
    const { cometSwap, cometOn = "message", cometField } = place.dataset;
    const isHeard = place === source || words(cometOn).includes(event);
    if (cometSwap === undefined || !isHeard || place.closest(SOURCE) !== source) continue;
    try {
      const value = pick(data, cometField);
      if (value !== undefined) await put(kit, place, words(cometSwap), value);
    } catch (error) {
      kit.report(error, place);
    }
  }
}

async function put(kit: CometKit, place: HTMLElement, how: readonly string[], value: unknown): Promise<void> {
  const text = typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
  const way = how.find((word) => word !== "text") ?? "text";
  if (way === "value") return void ((place as HTMLInputElement).value = text);
  const isText = how.includes("text") || way === "text";
  if (!isText) await kit.prepare();
  const content = isText ? text : kit.fragment(text);
  if (way === "morph") return (await kit.morph())(place, content as DocumentFragment);
  if (!isText && way !== "html" && !WAYS[way]) throw new TypeError(`data-comet-swap="${way}" is no way to swap`);
  place[WAYS[way] ?? "replaceChildren"](content);
  trim(place, way, isText ? place.childNodes : place.children);
}

/** Takes the oldest out where a place keeps so many. */
function trim(place: HTMLElement, way: string, all: { readonly length: number } & Iterable<ChildNode>): void {
  const { cometKeep } = place.dataset;
  if (!cometKeep || !/end$/.test(way)) return;
  const many = all.length - Number(cometKeep);
  const old = way === "append" ? [...all].slice(0, Math.max(0, many)) : [...all].slice(Number(cometKeep));
  for (const node of old) node.remove();
}
