// A panel a transport, all of one channel.
import * as wires from "./wires.js";

const part = (id) => document.getElementById(id);
const me = `page-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
const shown = 6;

class Panel {
  #wire;
  #transport;
  #close = () => {};
  #cursor;
  #opened = 0;
  #bytes = 0;
  #delays = [];
  numbers = [];

  constructor(title, transport, wire) {
    [this.#transport, this.#wire] = [transport, wire];
    this.body = part("wire").content.firstElementChild.cloneNode(true);
    this.body.querySelector("th").textContent = title;
    const button = this.body.querySelector("button");
    button.setAttribute("aria-label", `Cut ${title}`);
    button.onclick = () => this.cut();
    document.querySelector(".wires").append(this.body);
  }

  open() {
    const url = new URL("comet/events", document.baseURI);
    const from = this.#cursor ? { cursor: this.#cursor } : { history: shown };
    url.search = new URLSearchParams({ channel: "pulses", transport: this.#transport, ...from });
    const link = {
      opened: () => this.#note(() => this.#opened++),
      bytes: (count) => this.#note(() => (this.#bytes += count)),
      message: (message) => this.#take(message),
      lost: () => link === this.link && this.cut(),
    };
    this.link = link;
    this.#close = this.#wire(url, link);
    this.body.dataset.state = "open";
  }

  /** Breaks the connection; a second later another one goes on where this one was. */
  cut() {
    if (!this.link) return;
    this.link = undefined;
    this.#close();
    this.body.dataset.state = "cut";
    compare();
    setTimeout(() => this.open(), 1000);
  }

  #take({ id, event, data }) {
    if (event === "hello") this.#cursor = data.cursor;
    if (event !== "message") return;
    const number = Number(id.split(".").at(-1));
    if (number <= this.numbers.at(-1)) return; // told again
    this.#cursor = id;
    this.numbers = [...this.numbers, number].slice(-shown);
    if (data.page === me) this.#delays.push(performance.now() - data.sent);
    this.#note(() => {});
  }

  #note(change) {
    change();
    const show = (name, value) => (this.body.querySelector(name).textContent = value);
    const mean = this.#delays.reduce((sum, delay) => sum + delay, 0) / this.#delays.length;
    show(".opened", this.#opened);
    show(".latency", this.#delays.length ? `${mean.toFixed(1)} ms` : "–");
    show(".bytes", this.#bytes.toLocaleString("en"));
    show(".seen", this.numbers.map((number) => `#${number}`).join(" ") || "nothing yet");
    compare();
  }
}

const panels = [
  new Panel("Server-sent events", "sse", wires.sse),
  new Panel("Fetch, NDJSON", "ndjson", wires.stream),
  new Panel("Fetch, multipart", "multipart", wires.stream),
  new Panel("XMLHttpRequest", "ndjson", wires.xhr),
  new Panel("Long poll", "longpoll", wires.poll),
  new Panel("Forever frame", "frame", wires.frame),
  new Panel("Script, other site", "jsonp", wires.scripts),
  new Panel("WebSocket", "websocket", wires.socket),
];
const socket = panels.at(-1);

/** Says whether all have the same, and whether there is a way to send. */
function compare() {
  part("pulse").disabled = !socket.link?.call;
  const [first, ...others] = panels.map(({ numbers }) => numbers.join());
  part("same").textContent = others.every((other) => other === first)
    ? `All ${panels.length} have the same events.`
    : "Some are behind.";
}

part("pulse").onclick = () => socket.link?.call?.("pulse", [me, performance.now()]);
part("cut").onclick = () => panels.forEach((panel) => panel.cut());
addEventListener("load", () => panels.forEach((panel) => panel.open()));
