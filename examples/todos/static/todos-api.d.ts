// What `todos` serves, as its handlers and channels declare it. This file is written, and compared by a test:
// COMET_TYPESCRIPT=write cargo test -p todos typescript
import type * as Comet from "./comet/comet.js";

/** A name as it stands in a URL: 1 to 40 of `a-z`, `0-9` and `-`. */
export type Slug = string;

/** A text of 1 to `MOST` characters, without space around them. */
export type Text = string;

/** Something to do. */
export type Todo = { id: number; title: string; done: boolean };

/** What happens to a list, once it is in the database. Who missed too much loads the list anew. */
export type TodoEvent =
  | { saved: Todo }
  | {
      deleted: {
        /** Its number. */
        id: number;
      };
    };

/** Puts a todo on a list. */
export declare function todosAdd(
  args: { list: Slug; title: Text },
  options?: Comet.CallOptions,
): Promise<void>;

/** The URL of `todos_api`: `GET /todos-api.js`. */
export declare function todosApiUrl(): string;

/** Ticks a todo off, or on again. */
export declare function todosCheck(
  args: { id: number; done: boolean },
  options?: Comet.CallOptions,
): Promise<void>;

/** Takes a todo off its list. */
export declare function todosRemove(
  args: { id: number },
  options?: Comet.CallOptions,
): Promise<void>;

/** The URL of `todos_script`: `GET /todos.js`. */
export declare function todosScriptUrl(): string;

/** The URL of `todos_show`: `GET /todos?{list}`. */
export declare function todosShowUrl(args?: { list?: Slug | null }): string;

/** The list as it is, for who has missed a part of its events. */
export declare function todosSnapshot(
  args: { list: Slug },
  options?: Comet.CallOptions,
): Promise<Array<Todo>>;

/** The URL of `todos_snapshot`: `GET /todos/{list}/all`. */
export declare function todosSnapshotUrl(args: { list: Slug }): string;

/** Follows `todos/{list}`: with a handler, or by a loop over what it returns. */
export declare function subscribeTodoEvent(
  args: { list: Slug },
  handler?: (data: TodoEvent, message: Comet.Message<TodoEvent>) => unknown,
  options?: Comet.SubscribeOptions,
): Comet.Subscription<TodoEvent>;

/** The name of a channel `todos/{list}`. */
export declare function todoEventChannel(args: { list: Slug }): string;
