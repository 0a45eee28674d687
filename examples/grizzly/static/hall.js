// Comes in, for as long as the call goes on.
import { comet } from "./comet/comet.js";

const part = (id) => document.getElementById(id);

part("enter").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [name, moderate] = [part("name").value, event.submitter?.name === "moderate"];
  part("log").replaceChildren();
  part("desk").replaceChildren();
  try {
    await comet.call("hall_enter", { name, moderate });
  } catch (error) {
    if (error.name !== "AbortError") console.warn(error.message);
  } finally {
    delete part("hall").dataset.role;
  }
});

part("leave").addEventListener("click", () => comet.cancel("hall_enter"));

part("say").addEventListener("comet:done", () => {
  part("text").value = "";
  part("text").focus();
});
