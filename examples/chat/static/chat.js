// One room at a time: the one that the address names. `tsc --strict` checks it against the handlers and the channel, which
// chat-api.d.ts declares and Rust writes.
import { othersUrl, subscribeSaid } from "./chat-api.js";

/** @import { Heard, Said } from "./chat-api.js" */

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
const form = /** @type {HTMLFormElement} */ (part("say"));
const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".tabs a"));
field("name").value ||= `Guest ${Math.ceil(Math.random() * 999)}`;

/** @param {Said} said */
function show({ name, text }) {
  const [line, who] = [document.createElement("li"), document.createElement("strong")];
  line.className = name === field("name").value ? "arrive own" : "arrive";
  who.textContent = name;
  line.append(who, document.createElement("br"), text);
  part("said").append(line);
  if (part("said").children.length > 200) part("said").firstChild?.remove();
  part("said").scrollTop = part("said").scrollHeight;
}

/**
 * Polls until somebody other than this page's visitor says something, and again.
 *
 * @param {string} room
 * @param {AbortSignal} signal
 */
async function listen(room, signal) {
  for (let after; !signal.aborted; ) {
    const url = othersUrl({ room, me: field("name").value || "?", after });
    const reply = await fetch(`.${url}`, { signal, cache: "no-store" });
    if (reply.status === 204) continue; // silence for as long as a request is held
    if (!reply.ok) throw new Error(`${reply.status}`);
    const heard = /** @type {Heard} */ (await reply.json());
    after = heard.after;
    if (heard.said) part("others").textContent = `${heard.said.name} said something`;
  }
}

/**
 * Shows how many are in the room now.
 *
 * @param {readonly unknown[]} present
 */
const onPresence = (present) => (part("here").textContent = `${present.length} here`);

let entered = new AbortController();

function enter() {
  entered.abort();
  entered = new AbortController();
  const { signal } = entered;
  const room = location.hash.slice(1) || "lobby";
  for (const link of links) {
    if (link.hash.slice(1) === room) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  field("room").value = room;
  part("said").replaceChildren();
  part("others").textContent = "";
  part("here").textContent = "";
  subscribeSaid({ room }, show, { history: 50, signal, onPresence });
  const again = () => {
    listen(room, signal).catch(() => signal.aborted || setTimeout(again, 1000));
  };
  again();
}

addEventListener("hashchange", enter);
form.addEventListener("comet:done", () => {
  field("text").value = "";
  field("text").focus();
});
enter();
