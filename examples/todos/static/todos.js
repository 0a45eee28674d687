// Follows the list from the position that the page was rendered at. `tsc --strict` checks it against the handlers and the
// channel, which todos-api.d.ts declares and Rust writes.
import { subscribeTodoEvent, todosCheck, todosRemove, todosSnapshot } from "./todos-api.js";

/** @import { CometError } from "./comet/comet.js" */
/** @import { Todo, TodoEvent } from "./todos-api.js" */

/** @param {string} selector */
const part = (selector, within = document.body) =>
  /** @type {HTMLElement} */ (within.querySelector(selector));
const form = /** @type {HTMLFormElement} */ (part("#add"));
const blank = /** @type {HTMLTemplateElement} */ (part("#todo"));
const [todos, left, trouble] = [part("#todos"), part("#left"), part("#trouble")];
const { list = "", cursor = "" } = todos.dataset;

/** @param {HTMLElement} row */
const box = (row) => /** @type {HTMLInputElement} */ (part("input", row));
/** @param {number} id */
const find = (id) => /** @type {HTMLElement | null} */ (todos.querySelector(`[data-id="${id}"]`));

/** @param {Todo} todo */
function row({ id, title, done }) {
  const item = /** @type {HTMLElement} */ (blank.content.firstElementChild?.cloneNode(true));
  item.dataset.id = String(id);
  part("span", item).textContent = title;
  part("button", item).setAttribute("aria-label", `Remove ${title}`);
  box(item).checked = done;
  return item;
}

function count() {
  const open = todos.querySelectorAll("input:not(:checked)").length;
  left.textContent = `${open} of ${todos.children.length} to do`;
}

/** @param {TodoEvent} event */
function apply(event) {
  if ("deleted" in event) {
    find(event.deleted.id)?.remove();
  } else {
    const old = find(event.saved.id);
    if (old) box(old).checked = event.saved.done;
    else todos.append(row(event.saved));
  }
  count();
}

/** What was missed is more than the server keeps: everything anew. */
async function snapshot() {
  todos.replaceChildren(...(await todosSnapshot({ list })).map(row));
  count();
}

subscribeTodoEvent({ list }, apply, { cursor, snapshot });
count();

/** @param {Promise<void>} answer */
async function ask(answer) {
  trouble.textContent = "";
  await answer.catch((error) => (trouble.textContent = error.detail ?? error.message));
}

/** @param {Event} event */
const touched = ({ target }) => {
  const element = /** @type {HTMLInputElement} */ (target);
  return { element, id: Number(element.closest("li")?.dataset.id) };
};

todos.addEventListener("change", (event) => {
  const { element, id } = touched(event);
  ask(todosCheck({ id, done: element.checked }));
});
todos.addEventListener("click", (event) => {
  const { element, id } = touched(event);
  if (element.matches("button")) ask(todosRemove({ id }));
});
form.addEventListener("comet:done", () => form.reset());
form.addEventListener("comet:error", (event) => {
  event.preventDefault();
  trouble.textContent = /** @type {CustomEvent<CometError>} */ (event).detail.detail;
});
