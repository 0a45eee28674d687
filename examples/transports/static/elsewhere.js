// A page of another site reads the channel by script elements and tells the page around it.
const query = new URLSearchParams(location.hash.slice(1));
const tell = (event) => parent.postMessage(event, "*"); // whatever is public may be known to anybody

function ask(cursor) {
  query.set("_", performance.now()); // no two requests are alike
  if (cursor) query.set("cursor", cursor);
  const script = document.createElement("script");
  script.src = `comet/events?${query}`;
  script.onload = () => script.remove();
  script.onerror = () => tell({ lost: true });
  document.head.append(script);
  tell({ opened: true });
}

globalThis.heard = ({ events, cursor, error }) => {
  if (error) return tell({ lost: true });
  tell({ events, bytes: JSON.stringify({ events, cursor }).length + "/**/heard();".length });
  ask(cursor);
};

addEventListener("load", () => ask());
