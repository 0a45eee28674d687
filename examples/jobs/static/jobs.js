// Waits for the outcome of a job: an ordinary request that takes as long as the job does.
const form = document.getElementById("wait");
const outcome = document.getElementById("outcome");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const id = document.getElementById("job").value;
  outcome.textContent = `Waiting for job ${id} …`;
  const reply = await fetch(`jobs/${id}/done`, { headers: { accept: "application/json" } });
  const { file, pages, detail } = await reply.json();
  outcome.textContent = detail ?? `${file} is done: ${pages} pages.`;
});
