import type { Args } from "./api.js";
import type { Open } from "./follow.js";
import { framed, posted } from "./frame.js";
import { jsonp } from "./jsonp.js";
import type { Kit, Rare } from "./kit.js";
import { xhr } from "./xhr.js";

/** The transports that few pages need: a module of its own, which takes from the other what both use. */
export const transports = (kit: Kit): Record<Rare, (url: URL, args: Args) => Open> => ({
  xhr: (url) => xhr(kit, url),
  jsonp: (url) => jsonp(kit, url),
  frame: (url) => framed(kit, url),
  posted: (url, args) => posted(kit, url, args),
});
