import type { Gap, Message, SubscribeOptions, Subscription } from "./api.js";
import { join, leave, type Member, positionOf, presentOf } from "./channels.js";
import type { CometError } from "./errors.js";
import { inbox } from "./inbox.js";
import { isAfter } from "./position.js";
import { guard, report, reportGap } from "./report.js";

/** What is sent, and comes back, escaped. */
const ODD = /[^!-~]+/g;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function subscribe<T>(
  name: string,
  handler?: (data: T, message: Message<T>) => unknown,
  options: SubscribeOptions = {},
): Subscription<T> {
  const { cursor, history = 0, onGap, snapshot, onState = () => {}, onPresence = () => {} } = options;
  const channel = name.replace(ODD, encodeURIComponent);
  let seen = cursor ?? positionOf(channel);

  const waiting = inbox<Message<T> | Gap>(options, (error) => {
    own.reason ??= (error as CometError | undefined)?.kind ?? "left";
    leave(member);
  });
  const missed = (gap: Gap): unknown => {
    const { on_gap: wish } = gap;
    if (wish === "snapshot" && snapshot) return snapshot(gap);
    if (wish === "reload") return location.reload();
    if (onGap) return onGap(gap);
    return wish !== "ignore" && reportGap(gap);
  };
  async function* messages(): AsyncGenerator<Message<T>, void, void> {
    for await (const item of waiting) {
      if ("event" in item) yield item;
      else await guard(() => missed(item));
      own.cursor = item.id ?? own.cursor;
    }
  }
  async function handle(): Promise<void> {
    for await (const message of messages()) await guard(() => handler!(message.data, message));
  }

  const member: Member = {
    channel,
    history,
    take(item) {
      if (!isAfter(item.id, seen)) return;
      seen = item.id ?? seen;
      waiting.push(item as Message<T> | Gap);
    },
    end(error, reason) {
      own.reason ??= reason;
      waiting.end(error);
    },
    onState,
    onPresence: (present) => void guard(() => onPresence(present)),
  };
  const own: Mutable<Subscription<T>> = {
    channel,
    cursor: seen,
    reason: undefined,
    get present() {
      return presentOf(channel);
    },
    close: waiting.close,
    [Symbol.dispose]: waiting.close,
    [Symbol.asyncIterator]: messages,
  };
  join(member, cursor);
  if (handler) void handle().catch((error) => options.signal?.aborted || report(error));
  return own;
}
