/** The server's side of WebSockets, which a test plays. */
import "./dom.js";

export interface Said {
  readonly [key: string]: unknown;
}

/** Every connection so far. */
export const sockets: Peer[] = [];
/** Whether the way lets WebSockets through. */
export const way = { isOpen: true };

export class Peer {
  readyState = 0;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string }) => void;
  /** What the client has said. */
  readonly heard: Said[] = [];
  readonly url: URL;
  constructor(
    url: string,
    readonly protocol: string,
  ) {
    this.url = new URL(url);
    sockets.push(this);
    setImmediate(() => {
      if (!way.isOpen) return this.ends(1006);
      if (this.readyState) return;
      this.readyState = 1;
      this.onopen?.();
    });
  }
  send(text: string): void {
    this.heard.push(JSON.parse(text) as Said);
  }
  close(): void {
    if (this.readyState > 1) return;
    this.readyState = 2;
    setImmediate(() => this.ends(1005));
  }
  says(...messages: object[]): void {
    for (const message of messages) this.onmessage?.({ data: JSON.stringify(message) });
  }
  greets(cursor: string, ...channels: string[]): void {
    this.says({ id: cursor, event: "hello", data: { cursor, heartbeat: 15_000, channels } });
  }
  ends(code: number, reason = ""): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}
Object.assign(globalThis, { WebSocket: Peer });
