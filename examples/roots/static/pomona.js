// In place of Pomona's core.js: the same calls and the same requests, without SproutCore.
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Firenze {
  prefix = "comet/";
  connectUrl = "server/connect/%@";
  disconnectUrl = "server/disconnect/%@";
  /** What the last reply said to come back with; its first part is the session's id. */
  #token = "";
  #uid;
  /** The handlers of each path. */
  #paths = new Map();

  constructor(settings) {
    Object.assign(this, settings);
    this.#poll();
  }

  getDoloresId() {
    return this.#uid ?? null;
  }

  /** Calls `target[action]`, or the function `action`, with each update of a path. */
  connect(path, target, action) {
    if (!this.#paths.has(path)) {
      this.#paths.set(path, []);
      if (this.#uid) this.requestAttachments([path]);
    }
    const handlers = this.#paths.get(path);
    const known = handlers.some((handler) => handler.target === target && handler.action === action);
    if (!known) handlers.unshift({ target, action });
  }

  disconnect(path, target, action) {
    const others = (handler) => handler.target !== target || handler.action !== action;
    const left = this.#paths.get(path)?.filter(others);
    if (left?.length) return void this.#paths.set(path, left);
    if (this.#paths.delete(path) && this.#uid) this.requestDetachments([path]);
  }

  /** Asks the application for paths; a page may ask in another way, and for more. */
  requestAttachments(paths) {
    return this.#post(this.connectUrl, paths);
  }

  requestDetachments(paths) {
    return this.#post(this.disconnectUrl, paths);
  }

  update(path, message) {
    for (const { target, action } of this.#paths.get(path) ?? []) {
      (typeof action === "string" ? target[action] : action).call(target, path, message);
    }
  }

  async #poll() {
    for (;;) {
      try {
        const reply = await fetch(this.prefix + this.#token);
        if (!reply.ok) throw new Error(reply.statusText);
        this.#take(await reply.json());
      } catch {
        // With the token it has, so that what was lost on the way comes again.
        await wait(1000);
      }
    }
  }

  #take({ updates, reconnectWith }) {
    this.#token = reconnectWith;
    const [uid] = reconnectWith.split("/");
    if (uid !== this.#uid) {
      this.#uid = uid;
      this.requestAttachments([...this.#paths.keys()]);
    }
    for (const { path, message } of updates) this.update(path, message);
  }

  async #post(url, paths) {
    const headers = { "content-type": "application/json" };
    await fetch(url.replace("%@", this.#uid), { method: "POST", headers, body: JSON.stringify(paths) });
  }
}

window.Pomona = { Firenze: { create: (settings) => new Firenze(settings) } };
