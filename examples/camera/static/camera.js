// The picture moves by itself; this looks away and back, and counts who watches.
const [picture, watch, watching] = ["picture", "watch", "watching"].map((id) => document.getElementById(id));
const live = picture.src;

watch.addEventListener("click", () => {
  const away = watch.ariaPressed !== "true";
  watch.ariaPressed = away;
  if (away) picture.removeAttribute("src"); // which closes the connection
  else picture.src = live;
});

async function count() {
  const reply = await fetch("camera/watching", { cache: "no-store" });
  if (reply.ok) watching.textContent = await reply.json();
}

setInterval(() => document.hidden || count().catch(() => (watching.textContent = "–")), 1000);
