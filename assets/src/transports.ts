import type { Args } from "./api.js";
import type { Open } from "./follow.js";
import { framed, posted } from "./frame.js";
import { jsonp } from "./jsonp.js";
import type { Kit } from "./kit.js";
import { climb, remember } from "./ladder.js";
import { longpoll } from "./longpoll.js";
import type { Trouble } from "./rungs.js";
import { xhr } from "./xhr.js";

const ALL = ["websocket", "sse", "ndjson", "xhr", "longpoll", "jsonp", "frame"] as const;

/** What few pages need: a module of its own, which takes from the other what both use. */
export const transports = (kit: Kit) => ({
  /** A call by a form. */
  posted: (url: URL, args: Args): Open => posted(kit, url, args),

  /** Follows channels by whichever transport works, the best of which may have been in trouble. */
  ladder(url: URL, best: Open, trouble: Trouble): Open {
    const { transport } = kit.config;
    const isForeign = url.origin !== location.origin;
    // A frame of another site cannot be read, and its scripts are for when nothing else may be.
    const senseless = isForeign ? "frame" : "jsonp";
    const names = ALL.slice(ALL.indexOf(transport)).filter(
      (name) => name === transport || name !== senseless,
    );
    const ways: Record<(typeof ALL)[number], (down: () => void) => Open> = {
      websocket: (down) => (link) =>
        import("./websocket.js").then(({ websocket }) => websocket(kit, url, down)(link), down),
      sse: () => best,
      ndjson: () => kit.lines(url),
      xhr: () => xhr(kit, url),
      longpoll: () => longpoll(kit, url),
      jsonp: () => jsonp(kit, url),
      frame: () => framed(kit, url),
    };
    // What was in trouble was `sse`.
    if (transport === "sse") remember(trouble, names);
    if (transport === "websocket") remember(undefined, names);
    return climb(names, (name, down) => ways[name as "sse"](down), isForeign);
  },
});
