// Follows the list from the position that the page was rendered at.
import { comet } from "./comet/comet.js";

const [todos, blank, left, form, trouble] = ["todos", "todo", "left", "add", "trouble"].map((id) =>
  document.getElementById(id),
);
const { list, cursor } = todos.dataset;
const find = (id) => todos.querySelector(`[data-id="${id}"]`);

function row({ id, title, done }) {
  const item = blank.content.firstElementChild.cloneNode(true);
  item.dataset.id = id;
  item.querySelector("span").textContent = title;
  item.querySelector("button").setAttribute("aria-label", `Remove ${title}`);
  item.querySelector("input").checked = done;
  return item;
}

function count() {
  const open = todos.querySelectorAll("input:not(:checked)").length;
  left.textContent = `${open} of ${todos.children.length} to do`;
}

function apply({ saved, deleted }) {
  const old = find((saved ?? deleted).id);
  if (deleted) old?.remove();
  else if (old) old.querySelector("input").checked = saved.done;
  else todos.append(row(saved));
  count();
}

/** What was missed is more than the server keeps: everything anew. */
async function snapshot() {
  const reply = await fetch(`todos/${list}/all`);
  if (!reply.ok) throw new Error(`the list is not to be had: ${reply.status}`);
  todos.replaceChildren(...(await reply.json()).map(row));
  count();
}

comet.subscribe(`todos/${list}`, apply, { cursor, snapshot });
count();

async function ask(name, args) {
  trouble.textContent = "";
  await comet.call(name, args).catch((error) => (trouble.textContent = error.detail ?? error.message));
}

const idOf = (element) => Number(element.closest("li").dataset.id);

todos.addEventListener("change", ({ target }) => ask("todos_check", [idOf(target), target.checked]));
todos.addEventListener("click", ({ target }) => {
  if (target.matches("button")) ask("todos_remove", [idOf(target)]);
});
form.addEventListener("comet:done", () => form.reset());
form.addEventListener("comet:error", (event) => {
  event.preventDefault();
  trouble.textContent = event.detail.detail;
});
