import { config } from "./config.js";
import type { Open } from "./follow.js";
import { rare, type Rare } from "./kit.js";
import { ladder } from "./ladder.js";
import { once, poll } from "./poll.js";
import { CONTROL, eventSource } from "./sse.js";
import { lines } from "./stream.js";

const ALL = ["sse", "ndjson", "xhr", "longpoll", "jsonp", "frame"] as const;

/** Follows channels by whichever transport works; `heard` are the names of its server-sent events. */
export function climbing(url: URL, heard: readonly string[]): Open {
  const { transport } = config;
  const isForeign = url.origin !== location.origin;
  // A frame of another site cannot be read, and its scripts are for when nothing else may be.
  const senseless = isForeign ? "frame" : "jsonp";
  const names = ALL.slice(ALL.indexOf(transport)).filter(
    (name) => name === transport || name !== senseless,
  );
  const by = (name: string): Open => {
    if (name === "ndjson") return lines(url);
    if (name === "longpoll") {
      return (link) => poll(link, (cursor, timeout) => once(url, { ...link, cursor }, timeout));
    }
    if (name !== "sse") return rare(name as Rare, url);
    return heard.some((one) => CONTROL.includes(one)) ? lines(url) : eventSource(url, heard);
  };
  return ladder(names, by, isForeign);
}
