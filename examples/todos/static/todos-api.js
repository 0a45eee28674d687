// What `todos` serves, as its handlers and channels declare it. This file is written, and compared by a test:
// COMET_TYPESCRIPT=write cargo test -p todos typescript
import { comet } from "./comet/comet.js";

/** Puts a todo on a list. */
export function todosAdd(args, options) {
  return comet.call("todos_add", args, options);
}

/** The URL of `todos_api`: `GET /todos-api.js`. */
export function todosApiUrl() {
  return "/todos-api.js";
}

/** Ticks a todo off, or on again. */
export function todosCheck(args, options) {
  return comet.call("todos_check", args, options);
}

/** Takes a todo off its list. */
export function todosRemove(args, options) {
  return comet.call("todos_remove", args, options);
}

/** The URL of `todos_script`: `GET /todos.js`. */
export function todosScriptUrl() {
  return "/todos.js";
}

/** The URL of `todos_show`: `GET /todos?{list}`. */
export function todosShowUrl(args = {}) {
  return `/todos${query({ list: args.list })}`;
}

/** The list as it is, for who has missed a part of its events. */
export function todosSnapshot(args, options) {
  return comet.call("todos_snapshot", args, options);
}

/** The URL of `todos_snapshot`: `GET /todos/{list}/all`. */
export function todosSnapshotUrl(args) {
  return `/todos/${segment(args.list)}/all`;
}

/** Follows `todos/{list}`: with a handler, or by a loop over what it returns. */
export function subscribeTodoEvent(args, handler, options) {
  return comet.subscribe(todoEventChannel(args), handler, options);
}

/** The name of a channel `todos/{list}`. */
export function todoEventChannel(args) {
  return `todos/${segment(args.list)}`;
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
