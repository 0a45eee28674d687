// A TCP proxy in front of a server, which breaks connections when a test says so.
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Passes connections on to the server at `url`; `proxy.url` is its own address without a slash. */
export async function proxied(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  const server = createServer((socket) => {
    const upstream = connect(port, hostname);
    for (const [one, other] of [[socket, upstream], [upstream, socket]]) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => sockets.forEach((socket) => socket.resetAndDestroy());
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cut,
    close() {
      server.close();
      cut();
    },
  };
}
