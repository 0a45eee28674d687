// One request takes the file up; a channel brings down how much of it has arrived.
import { comet } from "./comet/comet.js";

const [form, file, slow, bar, said] = ["form", "file", "slow", "bar", "said"].map((id) => document.getElementById(id));
const id = `u${Math.random().toString(36).slice(2, 12)}`;
document.getElementById("id").textContent = id;

comet.subscribe(`uploads/${id}`, ({ received, size }) => {
  bar.value = received / size;
  said.textContent = `${received.toLocaleString("en")} of ${size.toLocaleString("en")} bytes`;
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [body] = file.files;
  const query = new URLSearchParams({ size: body.size, slow: slow.checked });
  const type = { "content-type": "application/octet-stream" };
  const reply = await fetch(`uploads/${id}?${query}`, { method: "POST", headers: type, body }).catch(() => null);
  if (!reply?.ok) {
    said.textContent = reply?.status === 413 ? "That file is too large." : "The file did not arrive.";
  }
});
