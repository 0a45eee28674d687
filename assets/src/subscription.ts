import type { Gap, Message, SubscribeOptions, State, Subscription } from "./api.js";
import type { Channels, Member } from "./channels.js";
import type { CometError } from "./errors.js";
import { inbox } from "./inbox.js";
import { kit } from "./kit.js";
import { patiently } from "./patience.js";
import { isAfter } from "./position.js";
import { guard, report, reportGap } from "./report.js";

/** What is sent, and comes back, escaped. */
const ODD = /[^!-~]+/g;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

let channels: Channels | undefined;

let loading: Promise<Channels> | undefined;

/** The page's connection for its channels, from a module that is loaded for the first of them. */
function connection(): Promise<Channels> {
  loading ??= patiently("channels.js", () => import("./channels.js")).then(
    (module) => (channels = module.channels(kit)),
  );
  loading.catch(() => (loading = undefined));
  return loading;
}

/** How far the page has been told of a channel that it follows. */
export const positionOf = (name: string): string | undefined =>
  channels?.positionOf(name.replace(ODD, encodeURIComponent));

export function subscribe<T>(
  name: string,
  handler?: (data: T, message: Message<T>) => unknown,
  options: SubscribeOptions = {},
): Subscription<T> {
  const { cursor, history = 0, onGap, snapshot, onState = () => {}, onPresence = () => {} } = options;
  const channel = name.replace(ODD, encodeURIComponent);
  let seen = cursor ?? channels?.positionOf(channel);
  let state: State | undefined;

  const waiting = inbox<Message<T> | Gap>(options, (error) => {
    own.reason ??= (error as CometError | undefined)?.kind ?? "left";
    channels?.leave(member);
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
    onState(now) {
      if (state !== now) onState((state = now));
    },
    onPresence(present) {
      own.present = present;
      void guard(() => onPresence(present));
    },
  };
  const own: Mutable<Subscription<T>> = {
    channel,
    cursor: seen,
    reason: undefined,
    present: [],
    close: waiting.close,
    [Symbol.dispose]: waiting.close,
    [Symbol.asyncIterator]: messages,
  };
  const join = ({ join }: Channels): void => {
    if (!own.reason) join(member, cursor);
  };
  member.onState("waiting");
  if (channels) join(channels);
  else connection().then(join, waiting.end);
  if (handler) void handle().catch((error) => options.signal?.aborted || report(error));
  return own;
}
