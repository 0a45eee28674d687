// What `comet-runtime` serves, as its handlers and channels declare it. This file is written, and compared by a test:
// COMET_TYPESCRIPT=write cargo test -p comet-runtime typescript
import { comet } from "./comet.js";
import type * as Comet from "./comet.js";

export type Gift = { wrapping: "plain" } | { wrapping: "ribbon"; colour: string };

/** What somebody wants. */
export type Order = {
  /** What it is called in the catalogue. */
  item: string;
  quantity: number;
  gift: Gift | null;
};

export type Paged<T> = { entries: Array<T>; more: boolean };

/** A price at a time. */
export type Price = { at: number; price: number };

/** What is left of a thing. */
export type Stock = { Left: number } | "SoldOut";

/** The URL of `file`: `GET /files/{*path}?{at}`. */
export function fileUrl(args: { path: string; at?: string | null }): string {
  return `/files/${rest(args.path)}${query({ at: args.at })}`;
}

/** Events of a call. */
export function haggle(args: { offer: number }, options?: Comet.CallOptions<Price>): Promise<void> {
  return comet.call("haggle", args, options);
}

/** A page handler, by a name that JavaScript keeps for itself. */
export function import_(args: { rows: number }, options?: Comet.CallOptions): Promise<void> {
  return comet.call("import", args, options);
}

/** Orders something. */
export function order(
  args: { order: Order; coupon?: string | null },
  options?: Comet.CallOptions,
): Promise<Order> {
  return comet.call("order", args, options);
}

/** The URL of `order`: `POST /orders`. */
export function orderUrl(): string {
  return "/orders";
}

/** Calls `orders`. */
export function orders(
  args: { page?: number | null; tags?: Array<string> } = {},
  options?: Comet.CallOptions,
): Promise<Paged<Order>> {
  return comet.call("orders", args, options);
}

/** The URL of `orders`: `GET /orders?{page}&{tags}`. */
export function ordersUrl(args: { page?: number | null; tags?: Array<string> } = {}): string {
  return `/orders${query({ page: args.page, tags: args.tags })}`;
}

/** Events that are followed by their URL. */
export function prices(
  args: { item: string },
  options?: Comet.EventsOptions,
): AsyncGenerator<Price, void, void> {
  return comet.events(pricesUrl(args), options);
}

/** The URL of `prices`: `GET /prices/{item}`. */
export function pricesUrl(args: { item: string }): string {
  return `/prices/${segment(args.item)}`;
}

/**
 * Waits until an order is ready.
 *
 * Resolves with `null` when there was nothing for as long as a request is held.
 */
export function ready(
  args: { id: number; after?: string | null },
  options?: Comet.CallOptions,
): Promise<Gift | null> {
  return comet.call("ready", args, options);
}

/** The URL of `ready`: `GET /orders/{id}/ready?{after}`. */
export function readyUrl(args: { id: number; after?: string | null }): string {
  return `/orders/${segment(args.id)}/ready${query({ after: args.after })}`;
}

/** Whether it is open, and since when. */
export function tillState(
  args: { number: number },
  options?: Comet.CallOptions,
): Promise<boolean | null> {
  return comet.call("till_state", args, options);
}

/** The URL of `till_state`: `GET /till/{number}`. */
export function tillStateUrl(args: { number: number }): string {
  return `/till/${segment(args.number)}`;
}

/** Takes the body as it is. */
export function upload(
  args: FormData | URLSearchParams,
  options?: Comet.CallOptions,
): Promise<string> {
  return comet.call("upload", args, options);
}

/** The URL of `upload`: `PUT /uploads/{name}`. */
export function uploadUrl(args: { name: string }): string {
  return `/uploads/${segment(args.name)}`;
}

/** Calls `whisper-it`. */
export function whisperIt(
  args: { secret?: unknown } = {},
  options?: Comet.CallOptions,
): Promise<unknown> {
  return comet.call("whisper-it", args, options);
}

/** Follows `camera`. Each message is a `data:` URL of image/png. */
export function subscribePicture(
  handler?: (data: string, message: Comet.Message<string>) => unknown,
  options?: Comet.SubscribeOptions,
): Comet.Subscription<string> {
  return comet.subscribe(pictureChannel(), handler, options);
}

/** The name of a channel `camera`. */
export function pictureChannel(): string {
  return "camera";
}

/** Follows `stock/{town}/{item}`: with a handler, or by a loop over what it returns. */
export function subscribeStock(
  args: { town: string; item: number },
  handler?: (data: Stock, message: Comet.Message<Stock>) => unknown,
  options?: Comet.SubscribeOptions,
): Comet.Subscription<Stock> {
  return comet.subscribe(stockChannel(args), handler, options);
}

/** The name of a channel `stock/{town}/{item}`. */
export function stockChannel(args: { town: string; item: number }): string {
  return `stock/${segment(args.town)}/${segment(args.item)}`;
}

/** A value as one segment of a path; U+FFFD for what no path carries unchanged, as in Rust. */
function segment(value: string | number | boolean): string {
  const text = String(value).replace(/\p{Surrogate}/gu, "\ufffd");
  if (/^\.{0,2}$/.test(text)) return "%EF%BF%BD";
  return encodeURIComponent(text).replace(/%(2[46BC]|3[DAB]|40)/g, decodeURIComponent);
}

/** A value as the rest of a path: its slashes stay, but for one at the beginning. */
function rest(value: string | number | boolean): string {
  const text = String(value);
  const pieces = text.replace(/^\//, "").split("/").map((piece) => piece && segment(piece));
  return text ? (text.startsWith("/") ? "%2F" : "") + pieces.join("/") : segment(text);
}

/** Values as a query: a list has its name several times, and what is not there is left out. */
function query(values: Record<string, unknown>): string {
  const escaped = (value: unknown) =>
    encodeURIComponent(String(value).replace(/\p{Surrogate}/gu, "\ufffd")).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const pairs = Object.entries(values).flatMap(([name, given]) =>
    [given ?? []].flat().map((value) => `${name}=${escaped(value)}`),
  );
  return pairs.length ? `?${pairs.join("&")}` : "";
}
