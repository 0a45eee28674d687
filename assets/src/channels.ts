import type { Gap, Message, Present, Problem, State } from "./api.js";
import { blame } from "./blame.js";
import type { Link } from "./follow.js";
import type { Kit } from "./kit.js";
import { once, type Polled } from "./poll.js";
import { isAfter } from "./position.js";
import { climbing } from "./rungs.js";
import { sharing, type Tabs } from "./sharing.js";

/** What the page's own part of this one gives. */
let kit: Kit;

/** A subscription as the page's one connection sees it. */
export interface Member {
  readonly channel: string;
  /** How many of the newest messages it wants, where the page does not follow the channel yet. */
  readonly history: number;
  /** Set where it stands for another tab's. */
  readonly isProxy?: true;
  /** Takes what it has not had yet, by its position. */
  take(item: Message | Gap): void;
  end(error?: unknown, reason?: string): void;
  onState(state: State): void;
  onPresence(present: readonly Present[], change?: Message): void;
}

interface Closed {
  readonly channel: string;
  readonly reason: string;
  /** Why it was refused. */
  readonly problem?: Problem;
}

/** How many channels the server takes on one stream. */
const MOST = 64;
const members = new Set<Member>();
/** How far each followed channel has been read. */
const positions = new Map<string, string>();
/** The channels of the connection there is. */
let followed = "";
let stop = new AbortController();
let state: State = "done";
let due: Promise<void> | undefined;

const channelsOf = (some: Iterable<Member>): string[] => [
  ...new Set(Array.from(some, ({ channel }) => channel)),
];

/** Who follows each channel that has presence. */
const rooms = new Map<string, readonly Present[]>();

/** `change` is the join or leave that led to it. */
function meet(channel: string, present?: readonly Present[], change?: Message): void {
  if (!present) return;
  rooms.set(channel, present);
  each([channel], "onPresence", present, change);
}

/** How the page's connection is now. */
function become(now: State): void {
  if (state !== now) kit.tell("state", (state = now));
}

/** The page's one connection for all its channels. */
export function channels(given: Kit): Channels {
  kit = given;
  return { join, leave, positionOf: (channel) => positions.get(channel) };
}
export interface Channels {
  /** Takes a subscription in, which begins with what is new or after the given position. */
  join(member: Member, from?: string): void;
  leave(member: Member): void;
  positionOf(channel: string): string | undefined;
}

function join(member: Member, from?: string): void {
  const { channel } = member;
  members.add(member);
  member.onState(positions.has(channel) ? state : "waiting");
  const present = rooms.get(channel);
  if (present) member.onPresence(present);
  if (from && isAfter(positions.get(channel), from)) {
    stop.abort(0);
    followed = "";
    positions.set(channel, from);
  }
  changed();
  if (channelsOf(members).length > MOST) {
    const detail = `a page follows ${MOST} channels at most; close a subscription before "${channel}"`;
    member.end(kit.refused({ title: "Too many channels", detail }));
  }
}

function leave(member: Member): void {
  if (members.delete(member)) changed();
  isNeeded() || tabs?.rest();
}

const isNeeded = (): boolean => [...members].some(({ isProxy }) => !isProxy);
let tabs: Tabs | undefined;

/** Follows what is wanted now, once everything that happens at this moment has happened. */
const changed = (): void => void (due ??= Promise.resolve().then(sync));

function sync(): void {
  due = undefined;
  const isFresh = ({ channel }: Member): boolean => !positions.has(channel);
  const all = [...members];
  // A request has one length of history; who wants another one waits for the greeting.
  const history = all.find(isFresh)?.history;
  const ready = all.filter((member) => !isFresh(member) || member.history === history);
  const names = channelsOf(ready).sort();
  for (const map of [positions, rooms]) {
    for (const name of map.keys()) if (!names.includes(name)) map.delete(name);
  }
  if (!names.length) become("done");
  if (names.join() === followed) return;
  followed = names.join();
  if (followed) become("waiting");
  // By this reason a transport that can goes on with what stays the same.
  stop.abort(0);
  stop = new AbortController();
  if (followed) void run(names, history, stop.signal);
}

/** A page's random id, by which the server knows its next request from somebody else's. */
const client = crypto.getRandomValues(new Uint32Array(4)).join("-");

const address = (names: readonly string[], history = 0, who = `client=${client}&`): URL => {
  const query = names.map(encodeURIComponent).join("&channel=");
  return kit.locate(`/comet/events?${who}history=${history}&channel=${query}`);
};

/** Calls a method of each subscription to these channels. */
const each = <K extends "take" | "end" | "onState" | "onPresence">(
  names: readonly string[],
  method: K,
  ...args: Parameters<Member[K]>
): void => {
  for (const member of [...members]) {
    if (names.includes(member.channel)) (member[method] as (...args: unknown[]) => void)(...args);
  }
};

/** Follows these channels by one stream, until others are wanted. */
async function run(
  names: readonly string[],
  history: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const url = address(names, history);
  // A stream of several channels calls its events by them.
  const heard = names.length > 1 ? names : ["message"];
  const take = (called: string, id: string | undefined, item: Gap | Message): void => {
    const index = Math.max(0, names.indexOf(called));
    const channel = names[index]!;
    const parts = id!.split("~");
    // A tab that follows for others tells of each channel by itself.
    const position = parts[index] ?? parts[0]!;
    positions.set(channel, position);
    each([channel], "take", { ...item, id: position, channel });
  };
  const alone = climbing(kit, url, heard);
  const cursor = (): string => names.flatMap((name) => positions.get(name) ?? []).join("~");
  const onState = (now: State): void => {
    become(now);
    each(names, "onState", now);
  };
  // Asked without the page's id, the server does not take it for somebody who is there.
  const ask = (link: Link): Promise<Polled> => once(kit, address(names, history, "present=1&"), link, 0);
  try {
    await kit.follow({
      async open(link) {
        const fresh = names.filter((name) => !positions.has(name));
        const begun = fresh.length && (await kit.config.onSubscribe?.(fresh));
        for (const [name, position] of Object.entries(begun || {})) positions.set(name, position);
        tabs = sharing(kit, url, { join, leave, isNeeded });
        const here = { ...link, cursor: cursor() };
        return tabs ? tabs.open({ names, cursor, alone, ask, onState }, here) : alone(here);
      },
      repeatable: true,
      signal,
      onHello({ cursor, present = {} }) {
        for (const name in present) meet(name, present[name]!.members);
        cursor?.split("~").forEach((part, index) => positions.set(names[index]!, part));
        changed();
      },
      onMessage({ id, channel, event, data }) {
        if (/^(join|leave)$/.test(event)) {
          const change = data as Present & { channel: string };
          const others = rooms.get(change.channel)?.filter(({ member }) => member !== change.member);
          return meet(change.channel, others?.concat(event === "join" ? change : []), { event, data });
        }
        if (event !== "closed") return take(channel ?? event, id, { event: "message", data });
        const { channel: over, reason, problem } = data as Closed;
        // Who was too slow comes back by its position.
        if (reason !== "slow") each([over], "end", problem && kit.refused(problem), reason);
      },
      onGap(gap) {
        meet(gap.channel!, gap.present?.members);
        take(gap.channel!, gap.id, gap);
      },
      onState,
    });
    followed = "";
    each(names, "end", undefined, "closed");
  } catch (error) {
    if (signal.aborted) return;
    followed = "";
    const ask = (name: string): Promise<Polled> => once(kit, address([name]), {} as Link, 0);
    const end = (name: string, error: unknown): void => each([name], "end", error);
    if (!(await blame(names, ask, end)) && !signal.aborted) each(names, "end", error);
  }
}
