// The same number twice: polled by hand, and streamed into a hidden frame by the client.
import { comet } from "./comet/comet.js";

const polled = document.getElementById("polled");
let after;

async function poll() {
  const query = after ? `?after=${after}` : "";
  const reply = await fetch(`clicks${query}`, { cache: "no-store" });
  if (reply.status === 204) return; // nobody clicked for a while
  if (!reply.ok) throw new Error(`${reply.status}`);
  const total = await reply.json();
  after = total.after;
  polled.textContent = total.clicks;
}

/** Does it again and again; after a failure, a little later. */
async function keep(doing) {
  for (;;) await doing().catch(() => new Promise((resolve) => setTimeout(resolve, 1000)));
}

keep(poll);
keep(() => comet.call("stream_clicks", {}, { transport: "frame" }));
