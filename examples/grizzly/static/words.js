// The board: what others move, moves here; what is moved here, is told to others.
import { comet } from "./comet/comet.js";

const board = document.getElementById("board");
const by = crypto.randomUUID?.() ?? `${Math.random()}`;
const words = [];

function place({ id, text, x, y }) {
  const word = (words[id] ??= make(id, text));
  word.style.left = `${x}%`;
  word.style.top = `${y}%`;
  word.place = { x, y };
}

function make(id, text) {
  const word = document.createElement("button");
  word.type = "button";
  word.className = "word";
  word.textContent = text;
  word.addEventListener("pointerdown", (event) => word.setPointerCapture(event.pointerId));
  word.addEventListener("pointermove", (event) => {
    if (!word.hasPointerCapture(event.pointerId)) return;
    const { left, top, width, height } = board.getBoundingClientRect();
    move(id, (100 * (event.clientX - left - word.offsetWidth / 2)) / width, (100 * (event.clientY - top - word.offsetHeight / 2)) / height);
  });
  word.addEventListener("keydown", (event) => {
    const [dx, dy] = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -2], ArrowDown: [0, 2] }[event.key] ?? [];
    if (dx === undefined) return;
    event.preventDefault();
    move(id, word.place.x + dx, word.place.y + dy);
  });
  board.append(word);
  return word;
}

/** Moves a word here at once, and tells the others. */
function move(id, toX, toY) {
  const within = (to, most) => Math.round(Math.min(Math.max(to, 0), most));
  const word = words[id];
  const x = within(toX, 100 - (100 * word.offsetWidth) / board.clientWidth);
  const y = within(toY, 100 - (100 * word.offsetHeight) / board.clientHeight);
  if (x === word.place.x && y === word.place.y) return;
  place({ id, x, y });
  tell(id);
}

const telling = new Set();

/** One call a word at a time: what moves meanwhile is told once the one before is there. */
async function tell(id) {
  if (telling.has(id)) return;
  telling.add(id);
  for (let told; told !== words[id].place; ) {
    told = words[id].place;
    await comet.call("words_drag", { id, ...told, by }).catch(console.warn);
  }
  telling.delete(id);
}

document.getElementById("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { text } = event.target.elements;
  await comet.call("words_add", { text: text.value, by: "nobody" });
  text.value = "";
});

const [{ channel, cursor }, all] = await comet.call("words_all", {});
all.forEach(place);
comet.subscribe(channel, (word) => word.by === by || place(word), { cursor });
