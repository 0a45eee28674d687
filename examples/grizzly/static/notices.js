// Shows what is put up; the attributes of the list follow the channel.
const notices = document.getElementById("notices");

notices.addEventListener("comet:message", ({ detail: { from, text } }) => {
  const [row, who] = [document.createElement("li"), document.createElement("strong")];
  row.className = "arrive";
  who.textContent = from;
  row.append(who, document.createElement("br"), text);
  notices.append(row);
  if (notices.children.length > 100) notices.firstChild.remove();
  notices.scrollTop = notices.scrollHeight;
});

document.getElementById("put-up").addEventListener("comet:done", () => (document.getElementById("text").value = ""));
