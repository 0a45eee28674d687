// A page of its time: functions that frames call, and a request that is sent again whenever it was answered.
const show = (id, count) => (document.getElementById(id).textContent = count);
// Browsers let equal requests of several pages wait for each other, so each has a number of its own.
const fresh = (url) => `${url}?${Date.now()}`;

function poll() {
  const request = new XMLHttpRequest();
  request.open("GET", fresh("long_polling"));
  request.onload = () => {
    const json = request.getResponseHeader("X-JSON");
    if (request.status !== 200 || !json) return request.onerror();
    show("polled", JSON.parse(json).counter);
    poll();
  };
  request.onerror = () => setTimeout(poll, 1000);
  request.send();
}

function frame(url) {
  const opened = document.createElement("iframe");
  opened.hidden = true;
  opened.title = url;
  opened.src = fresh(url);
  document.body.append(opened);
  return opened;
}

addEventListener("load", () => {
  const hidden = frame("hidden_frame");
  // The frame calls this, and is loaded anew.
  window.counter = {
    updateCount(count) {
      show("hidden", count);
      hidden.contentWindow.location.replace(fresh("hidden_frame"));
    },
  };
  let forever = frame("forever_frame");
  window.stream = {
    update: ({ clicks }) => show("streamed", clicks),
    listen() {
      forever.remove();
      setTimeout(() => (forever = frame("forever_frame")), 1000);
    },
  };
  poll();
});

document.getElementById("click").addEventListener("click", () => fetch("long_polling", { method: "POST" }));
