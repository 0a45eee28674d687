// One room at a time: the one that the address names.
import { comet } from "./comet/comet.js";

const part = (id) => document.getElementById(id);
const form = part("say");
const links = [...document.querySelectorAll(".tabs a")];
form.name.value ||= `Guest ${Math.ceil(Math.random() * 999)}`;

function show({ name, text }) {
  const [line, who] = [document.createElement("li"), document.createElement("strong")];
  line.className = name === part("name").value ? "arrive own" : "arrive";
  who.textContent = name;
  line.append(who, document.createElement("br"), text);
  part("said").append(line);
  if (part("said").children.length > 200) part("said").firstChild.remove();
  part("said").scrollTop = part("said").scrollHeight;
}

/** Polls until somebody other than this page's visitor says something, and again. */
async function listen(room, signal) {
  for (let after = ""; !signal.aborted; ) {
    const query = new URLSearchParams({ me: part("name").value || "?", ...(after && { after }) });
    const reply = await fetch(`rooms/${room}/others?${query}`, { signal, cache: "no-store" });
    if (reply.status === 204) continue; // silence for as long as a request is held
    if (!reply.ok) throw new Error(`${reply.status}`);
    const heard = await reply.json();
    after = heard.after;
    if (heard.said) part("others").textContent = `${heard.said.name} said something`;
  }
}

/** Shows how many are in the room now. */
async function count() {
  if (document.hidden) return;
  const reply = await fetch(`rooms/${form.room.value}/here`, { cache: "no-store" });
  if (reply.ok) part("here").textContent = `${await reply.json()} here`;
}

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
  form.room.value = room;
  part("said").replaceChildren();
  part("others").textContent = "";
  comet.subscribe(`rooms/${room}`, show, { history: 50, signal });
  const again = () =>
    listen(room, signal).catch(() => signal.aborted || setTimeout(again, 1000));
  again();
}

setInterval(() => count().catch(() => (part("here").textContent = "")), 1000);

addEventListener("hashchange", enter);
form.addEventListener("comet:done", () => {
  form.text.value = "";
  form.text.focus();
});
enter();
