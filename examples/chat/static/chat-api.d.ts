// What `chat` serves, as its handlers and channels declare it. This file is written, and compared by a test:
// COMET_TYPESCRIPT=write cargo test -p chat typescript
import type * as Comet from "./comet/comet.js";

/** What somebody else has said, and what to ask with for the next. */
export type Heard = { room: Slug; said: Said | null; after: string };

/** What is said in a room, kept for an hour for those who come later. Who is there is counted. */
export type Said = { name: Text; text: Text };

/** A name as it stands in a URL: 1 to 40 of `a-z`, `0-9` and `-`. */
export type Slug = string;

/** A text of 1 to `MOST` characters, without space around them. */
export type Text = string;

/** The URL of `chat_api`: `GET /chat-api.js`. */
export declare function chatApiUrl(): string;

/** The URL of `chat_page`: `GET /chat`. */
export declare function chatPageUrl(): string;

/** The URL of `chat_script`: `GET /chat.js`. */
export declare function chatScriptUrl(): string;

/** How many are in a room. */
export declare function here(args: { room: Slug }, options?: Comet.CallOptions): Promise<number>;

/** The URL of `here`: `GET /rooms/{room}/here`. */
export declare function hereUrl(args: { room: Slug }): string;

/**
 * Answers only when somebody else says something: what `me` says does not end the wait.
 *
 * Resolves with `null` when there was nothing for as long as a request is held.
 */
export declare function others(
  args: { room: Slug; me: Text; after?: string | null },
  options?: Comet.CallOptions,
): Promise<Heard | null>;

/** The URL of `others`: `GET /rooms/{room}/others?{me}&{after}`. */
export declare function othersUrl(args: { room: Slug; me: Text; after?: string | null }): string;

/** Says something to everybody in a room. */
export declare function say(
  args: { room: Slug; name: Text; text: Text },
  options?: Comet.CallOptions,
): Promise<void>;

/** The URL of `say`: `POST /rooms/{room}`. */
export declare function sayUrl(args: { room: Slug }): string;

/** Follows `rooms/{room}`: with a handler, or by a loop over what it returns. */
export declare function subscribeSaid(
  args: { room: Slug },
  handler?: (data: Said, message: Comet.Message<Said>) => unknown,
  options?: Comet.SubscribeOptions,
): Comet.Subscription<Said>;

/** The name of a channel `rooms/{room}`. */
export declare function saidChannel(args: { room: Slug }): string;
