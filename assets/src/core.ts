/** What the core's size is measured by: streams with resume and watchdog, and every command. */
export { apply, command, register } from "./commands.js";
export { config } from "./config.js";
export { CometError } from "./errors.js";
export { events, messages } from "./events.js";
