export { call } from "./call.js";
export { apply, register } from "./commands.js";
export { events } from "./events.js";
