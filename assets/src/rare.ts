import type { Kit } from "./kit.js";

/** What few pages need, from a module that is loaded when one does. */
export const rare = async (kit: Kit) => (await import("./transports.js")).transports(kit);
