// What a page of Roots' does: nothing in here knows of Comet but the names of what it posts to.
const LIST = "home";
const PATH = `todos/${LIST}`;
const part = (selector, within = document) => within.querySelector(selector);
const [list, left, heard, trouble, follow] =
  ["#tasks", "#left", "#heard", "#trouble", "#follow"].map((selector) => part(selector));

const find = (id) => part(`[data-id="${id}"]`, list);

function count() {
  const open = list.querySelectorAll("input:not(:checked)").length;
  left.textContent = `${open} of ${list.children.length} to do`;
}

function show({ id, title, done }) {
  let row = find(id);
  if (!row) {
    row = part("#task").content.firstElementChild.cloneNode(true);
    row.dataset.id = id;
    part("span", row).textContent = title;
    part("button", row).setAttribute("aria-label", `Remove ${title}`);
    list.append(row);
  }
  part("input", row).checked = done;
}

async function load() {
  const tasks = await (await fetch(`todos/${LIST}/all`)).json();
  list.replaceChildren();
  tasks.forEach(show);
  count();
}

function note(text) {
  const item = document.createElement("li");
  item.append(document.createElement("code"));
  item.firstChild.textContent = text;
  heard.prepend(item);
  while (heard.children.length > 20) heard.lastElementChild.remove();
}

const source = {
  async received(path, message) {
    note(message || `${path} is connected`);
    // The first message confirms the connection; from here on nothing is missed.
    if (message === "") return load();
    const { saved, deleted } = JSON.parse(message);
    if (saved) show(saved);
    if (deleted) find(deleted.id)?.remove();
    count();
  },
};

const firenze = Pomona.Firenze.create({
  connectUrl: "roots/connect/%@",
  disconnectUrl: "roots/disconnect/%@",
});
firenze.connect(PATH, source, "received");

follow.onclick = () => {
  const follows = follow.getAttribute("aria-pressed") === "false";
  follow.setAttribute("aria-pressed", follows);
  follow.textContent = follows ? "Stop following" : "Follow again";
  if (follows) return firenze.connect(PATH, source, "received");
  firenze.disconnect(PATH, source, "received");
  note(`${PATH} is left`);
};

/** Changes the list; what comes of it comes back as an update. */
async function change(name, args) {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`comet/call/todos_${name}`, { method: "POST", headers, body: JSON.stringify(args) });
  trouble.textContent = reply.ok ? "" : (await reply.json()).detail;
  return reply.ok;
}

const idOf = (element) => Number(element.closest("li").dataset.id);
list.onchange = ({ target }) => change("check", [idOf(target), target.checked]);
list.onclick = ({ target }) => {
  if (target.matches("button")) change("remove", [idOf(target)]);
};
part("#add").onsubmit = (event) => {
  event.preventDefault();
  const form = event.target;
  change("add", [LIST, form.title.value]).then((done) => done && form.reset());
};
