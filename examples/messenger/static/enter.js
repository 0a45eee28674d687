// Coming in and leaving change the page as a whole.
const trouble = document.getElementById("trouble");

for (const id of ["enter", "leave"]) {
  document.getElementById(id)?.addEventListener("comet:done", () => location.reload());
}
addEventListener("comet:error", (event) => {
  event.preventDefault();
  trouble.textContent = event.detail.detail ?? event.detail.message;
});
