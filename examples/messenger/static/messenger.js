// One conversation at a time, the one that the address names; what comes in the others is counted.
import { comet } from "./comet/comet.js";

const part = (id) => document.getElementById(id);
const me = part("me").textContent;
const title = document.title;
const { to, text } = part("send").elements;

/** The newest messages, by whom they are with. */
const conversations = new Map();
/** Who has the page open. */
let present = new Set();
/** Up to when each conversation was read, on whichever of this browser's pages. */
const key = `messenger-read-${me}`;
const load = () => JSON.parse(localStorage.getItem(key) ?? "{}");
let read = load();

const current = () => location.hash.slice(1);
const messagesWith = (name) => conversations.get(name) ?? [];
const unreadOf = (name) =>
  messagesWith(name).filter(({ from, at }) => from !== me && at > (read[name] ?? 0)).length;

function line({ from, text }) {
  const [row, who] = [document.createElement("li"), document.createElement("strong")];
  row.className = from === me ? "own" : "";
  who.textContent = from;
  row.append(who, document.createElement("br"), text);
  return row;
}

function link(name) {
  const one = document.createElement("a");
  const unread = unreadOf(name);
  one.href = `#${name}`;
  one.textContent = `${present.has(name) ? "● " : ""}${name}${unread ? ` (${unread})` : ""}`;
  if (name === current()) one.setAttribute("aria-current", "page");
  return one;
}

/** Draws the names and the title. What is looked at is read. */
function count() {
  const last = messagesWith(current()).at(-1);
  if (last && document.hasFocus() && last.at > (read[current()] ?? 0)) {
    read[current()] = last.at;
    localStorage.setItem(key, JSON.stringify(read));
  }
  const names = new Set([...conversations.keys(), ...present]);
  names.delete(me);
  part("people").replaceChildren(...[...names].sort().map(link));
  const unread = [...conversations.keys()].reduce((sum, name) => sum + unreadOf(name), 0);
  document.title = unread ? `(${unread}) ${title}` : title;
}

/** Draws the conversation that the address names. */
function open() {
  to.value = current();
  part("said").replaceChildren(...messagesWith(current()).map(line));
  part("said").scrollTop = part("said").scrollHeight;
  count();
}

function take(message) {
  const name = message.from === me ? message.to : message.from;
  const messages = messagesWith(name);
  conversations.set(name, [...messages, message].slice(-200));
  if (!current()) history.replaceState(null, "", `#${name}`);
  if (name === current()) open();
  else count();
}

comet.subscribe(`messages/${me}`, take, { history: 100 });
comet.subscribe("present", () => {}, {
  onPresence(members) {
    present = new Set(members.map(({ user }) => user));
    count();
  },
});

addEventListener("hashchange", open);
addEventListener("focus", count);
addEventListener("storage", () => {
  read = load();
  count();
});
part("send").addEventListener("comet:done", () => {
  if (to.value !== current()) location.hash = to.value;
  text.value = "";
  text.focus();
});
open();
