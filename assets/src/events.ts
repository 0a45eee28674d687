import type { Command, EventsOptions, Message } from "./api.js";
import { apply } from "./commands.js";
import { locate } from "./config.js";
import { follow } from "./follow.js";
import { inbox } from "./inbox.js";
import { reportGap } from "./report.js";
import { eventSource } from "./sse.js";
import { lines } from "./stream.js";

export async function* events<T>(
  route: string | URL,
  options: EventsOptions = {},
): AsyncGenerator<T, void, void> {
  for await (const { data } of messages<T>(route, { names: ["message"], ...options })) yield data;
}

export async function* messages<T>(
  route: string | URL,
  options: EventsOptions = {},
): AsyncGenerator<Message<T>, void, void> {
  const { names, cursor, onGap = reportGap, onState = () => {} } = options;
  const { transport = names ? "sse" : "ndjson" } = options;
  const url = locate(route);
  const stop = new AbortController();
  const messages = inbox<Message<T>>(options, () => stop.abort());
  onState("waiting");
  follow({
    open: transport === "sse" ? eventSource(url, names ?? ["message"]) : lines(url),
    repeatable: true,
    cursor,
    signal: stop.signal,
    onMessage(message) {
      const { event, data } = message;
      if (event === "page") void apply(data as Command[]);
      else if (!names || names.includes(event)) messages.push(message as Message<T>);
    },
    onGap,
    onState,
  }).then(() => messages.end(), messages.end);
  yield* messages;
}
