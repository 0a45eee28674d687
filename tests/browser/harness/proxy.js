// A TCP proxy in front of a server, which breaks connections, or holds them, when a test says so.
import { once } from "node:events";
import { connect, createServer } from "node:net";

/**
 * Passes connections on to the server at `url`; `proxy.url` is its own address without a slash. With `refuses`, what begins
 * a connection and matches it is answered with a 400.
 */
export async function proxied(url, { refuses } = {}) {
  const { hostname, port } = new URL(url);
  const pairs = new Set();
  let isHeld = false;
  const server = createServer((socket) => {
    const pair = new Pair(socket, () => connect(port, hostname), () => isHeld);
    pairs.add(pair);
    socket.on("close", () => isHeld || pairs.delete(pair));
    if (!refuses) return isHeld || pair.flow();
    socket.once("data", (first) => {
      if (refuses.test(first)) return socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
      socket.unshift(first);
      pair.flow();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const own = server.address().port;
  const cut = () => pairs.forEach((pair) => pair.break());
  return {
    url: `http://127.0.0.1:${own}`,
    /** Resets every connection. */
    cut,
    /** Keeps connections open, and takes new ones, without letting a byte or an end through. */
    hold() {
      isHeld = true;
      pairs.forEach((pair) => pair.stop());
    },
    /** Lets everything through again, what was held first. */
    release() {
      isHeld = false;
      pairs.forEach((pair) => pair.flow());
    },
    /** Refuses connections. */
    leave() {
      const left = once(server, "close");
      server.close();
      cut();
      return left;
    },
    /** Takes connections again, where it did before. */
    async comeBack() {
      server.listen(own, "127.0.0.1");
      await once(server, "listening");
    },
    close() {
      server.close();
      cut();
    },
  };
}

/** A connection and the one to the server that it is passed on to. */
class Pair {
  #socket;
  #upstream;
  #dial;
  #isHeld;

  constructor(socket, dial, isHeld) {
    this.#socket = socket;
    this.#dial = dial;
    this.#isHeld = isHeld;
    socket.on("error", () => {});
  }

  flow() {
    if (!this.#upstream) {
      this.#upstream = this.#dial().on("error", () => this.#socket.destroy());
      for (const [one, other] of [[this.#socket, this.#upstream], [this.#upstream, this.#socket]]) {
        one.on("close", () => this.#isHeld() || other.destroy());
      }
    }
    if (this.#socket.destroyed || this.#upstream.destroyed) return this.break();
    this.#socket.pipe(this.#upstream).pipe(this.#socket);
  }

  stop() {
    this.#socket.unpipe(this.#upstream).pause();
    this.#upstream?.unpipe(this.#socket).pause();
  }

  break() {
    this.#socket.resetAndDestroy();
    this.#upstream?.destroy();
  }
}
