// Draws the chart from the events of one endpoint.
import { comet } from "./comet/comet.js";

const width = 480;
const height = 200;
const shown = 120;
const part = (id) => document.getElementById(id);

async function watch(symbol, signal) {
  const quotes = [];
  for await (const quote of comet.events(`/ticker/${symbol}?from=0`, { signal })) {
    if (quote.number <= quotes.at(-1)?.number) continue; // told again after a lost connection
    quotes.push(quote);
    if (quotes.length > shown) quotes.shift();
    draw(quotes);
  }
}

function draw(quotes) {
  const prices = quotes.map((quote) => quote.price);
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const x = (index) => (width * index) / (shown - 1);
  const y = (price) => 10 + ((height - 20) * (high - price)) / (high - low || 1);
  const line = prices.map((price, index) => `${x(index).toFixed(1)} ${y(price).toFixed(1)}`).join("L");
  const end = x(prices.length - 1);
  part("line").setAttribute("d", `M${line}`);
  part("area").setAttribute("d", `M${line}L${end} ${height}L0 ${height}Z`);
  part("dot").setAttribute("cx", end);
  part("dot").setAttribute("cy", y(prices.at(-1)));
  part("price").textContent = prices.at(-1).toFixed(2);
  part("range").textContent = `${low.toFixed(2)} to ${high.toFixed(2)}`;
}

async function count() {
  for await (const { seconds } of comet.events("/clock")) part("clock").textContent = seconds;
}

let chosen = new AbortController();

function choose() {
  chosen.abort();
  chosen = new AbortController();
  const { signal } = chosen;
  watch(part("symbol").value, signal).catch((error) => {
    if (!signal.aborted) throw error;
  });
}

part("symbol").addEventListener("change", choose);
choose();
count();
