// Shows what there is, and says so: the next request waits until the server knows.
import { comet } from "./comet/comet.js";

const shown = document.getElementById("shown");
const form = document.getElementById("notify");
/** The newest that this page has shown. */
let seen;

/** @param {{ id: number, title: string, sticky: boolean }} notification */
function show({ id, title, sticky }) {
  const [row, text, button] = ["li", "label", "button"].map((name) => document.createElement(name));
  row.className = "todo arrive";
  row.dataset.id = id;
  text.textContent = title;
  row.append(text);
  if (sticky) {
    button.className = "quiet";
    button.textContent = "Dismiss";
    button.addEventListener("click", async () => {
      await comet.call("delivered", [[id]]);
      row.remove();
    });
    row.append(button);
  } else {
    setTimeout(() => row.remove(), 8_000);
  }
  shown.append(row);
}

async function tell(notifications) {
  notifications.forEach(show);
  seen = notifications.at(-1).id;
  const over = notifications.filter(({ sticky }) => !sticky).map(({ id }) => id);
  if (over.length) await comet.call("delivered", [over]);
}

comet.poll("/notification", tell, { query: () => ({ seen }) });

form.addEventListener("comet:done", () => {
  form.elements.title.value = "";
  form.elements.title.focus();
});
