// A built example as a child process on a free port.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const target = process.env.CARGO_TARGET_DIR ?? `${root}target`;

/** Starts `target/debug/{name}` and waits until it listens; `server.url` is its address without a slash. */
export async function start(name, args) {
  const server = new Server(name);
  await server.start(args);
  return server;
}

class Server {
  url = "";
  #name;
  #child;
  #exit;
  #ended;
  #lines;
  #waiting = new Set();

  constructor(name) {
    this.#name = name;
  }

  /** Starts it, again where it was if it has been killed. */
  async start(args = ["--bind", this.url ? new URL(this.url).host : "127.0.0.1:0"]) {
    const child = spawn(`${target}/debug/${this.#name}`, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    this.#ended = undefined;
    this.#lines = [];
    this.#exit = once(child, "exit").then(
      ([code, signal]) => this.#over(`the server ended with ${code ?? signal}; it wrote:\n${this.#lines.join("\n")}`),
      (error) => this.#over(`${error.message}; \`cargo build --bins\` makes the examples`),
    );
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.#arrived(line));
    }
    [, this.url] = await this.line(/listening on (https?:\/\/[^\s/]+)/);
  }

  /** Ends it without a word. */
  async kill() {
    this.#child.kill("SIGKILL");
    await this.#exit;
  }

  /** The match of the first line of output that `pattern` matches; what was written before the call counts. */
  async line(pattern) {
    for (const line of this.#lines) {
      const match = line.match(pattern);
      if (match) return match;
    }
    if (this.#ended) throw this.#ended;
    return new Promise((resolve, reject) => this.#waiting.add({ pattern, resolve, reject }));
  }

  async stop() {
    this.#child.kill("SIGTERM");
    const deadline = setTimeout(() => this.#child.kill("SIGKILL"), 5000);
    await this.#exit;
    clearTimeout(deadline);
  }

  #over(why) {
    this.#ended = new Error(why);
    for (const { reject } of this.#waiting) reject(this.#ended);
  }

  #arrived(line) {
    this.#lines.push(line);
    for (const waiter of this.#waiting) {
      const match = line.match(waiter.pattern);
      if (!match) continue;
      this.#waiting.delete(waiter);
      waiter.resolve(match);
    }
  }
}
