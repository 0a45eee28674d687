// What `chat` serves, as its handlers and channels declare it. This file is written, and compared by a test:
// COMET_TYPESCRIPT=write cargo test -p chat typescript
import { comet } from "./comet/comet.js";

/** The URL of `chat_api`: `GET /chat-api.js`. */
export function chatApiUrl() {
  return "/chat-api.js";
}

/** The URL of `chat_page`: `GET /chat`. */
export function chatPageUrl() {
  return "/chat";
}

/** The URL of `chat_script`: `GET /chat.js`. */
export function chatScriptUrl() {
  return "/chat.js";
}

/** How many are in a room. */
export function here(args, options) {
  return comet.call("here", args, options);
}

/** The URL of `here`: `GET /rooms/{room}/here`. */
export function hereUrl(args) {
  return `/rooms/${segment(args.room)}/here`;
}

/**
 * Answers only when somebody else says something: what `me` says does not end the wait.
 *
 * Resolves with `null` when there was nothing for as long as a request is held.
 */
export function others(args, options) {
  return comet.call("others", args, options);
}

/** The URL of `others`: `GET /rooms/{room}/others?{me}&{after}`. */
export function othersUrl(args) {
  return `/rooms/${segment(args.room)}/others${query({ me: args.me, after: args.after })}`;
}

/** Says something to everybody in a room. */
export function say(args, options) {
  return comet.call("say", args, options);
}

/** The URL of `say`: `POST /rooms/{room}`. */
export function sayUrl(args) {
  return `/rooms/${segment(args.room)}`;
}

/** Follows `rooms/{room}`: with a handler, or by a loop over what it returns. */
export function subscribeSaid(args, handler, options) {
  return comet.subscribe(saidChannel(args), handler, options);
}

/** The name of a channel `rooms/{room}`. */
export function saidChannel(args) {
  return `rooms/${segment(args.room)}`;
}

/** A value as one segment of a path; U+FFFD for what no path carries unchanged, as in Rust. */
function segment(value) {
  const text = String(value).replace(/\p{Surrogate}/gu, "\ufffd");
  if (/^\.{0,2}$/.test(text)) return "%EF%BF%BD";
  return encodeURIComponent(text).replace(/%(2[46BC]|3[DAB]|40)/g, decodeURIComponent);
}

/** Values as a query: a list has its name several times, and what is not there is left out. */
function query(values) {
  const escaped = (value) =>
    encodeURIComponent(String(value).replace(/\p{Surrogate}/gu, "\ufffd")).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const pairs = Object.entries(values).flatMap(([name, given]) =>
    [given ?? []].flat().map((value) => `${name}=${escaped(value)}`),
  );
  return pairs.length ? `?${pairs.join("&")}` : "";
}
