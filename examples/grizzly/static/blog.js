// Logs in, for as long as the call goes on.
import { comet } from "./comet/comet.js";

const part = (id) => document.getElementById(id);

part("read").addEventListener("submit", async (event) => {
  event.preventDefault();
  part("timeline").replaceChildren();
  part("follows").replaceChildren();
  try {
    await comet.call("blog_read", { who: part("who").value });
  } catch (error) {
    console.warn(error.message);
  } finally {
    delete part("blog").dataset.in;
  }
});

for (const form of document.querySelectorAll(".clears")) {
  form.addEventListener("comet:done", () => (form.querySelector("input:not([type=hidden])").value = ""));
}
