/** A stand-in for `fetch`: each request takes the next reply and is written down. */
import "./dom.js";
import { config } from "../src/config.js";

config.mount = "/app/";

export interface Request {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal;
}
type Reply = Response | Error | ((request: Request) => Response | Promise<Response>);

export const requests: Request[] = [];
let replies: Reply[] = [];

export function serve(...next: Reply[]): void {
  requests.length = 0;
  replies = next;
}

globalThis.fetch = async (input, init = {}) => {
  const { method = "GET", body, signal } = init;
  const headers = new Headers(init.headers);
  const request = { url: new URL(String(input)), method, headers, body, signal: signal! };
  requests.push(request);
  const reply = replies.shift();
  if (!reply) throw new Error(`unexpected request: ${method} ${request.url}`);
  if (reply instanceof Error) throw reply;
  return typeof reply === "function" ? reply(request) : reply;
};

const NDJSON = { "content-type": "application/x-ndjson" };

/** A stream of these messages, which then ends. */
export const stream = (...messages: object[]): Response =>
  new Response(messages.map((one) => `${JSON.stringify(one)}\n`).join(""), { headers: NDJSON });

/** A stream that goes on until the client goes away. */
export const open =
  (...messages: object[]) =>
  ({ signal }: Request): Response => {
    const body = new ReadableStream({
      start(controller) {
        const text = messages.map((one) => `${JSON.stringify(one)}\n`).join("");
        controller.enqueue(new TextEncoder().encode(text));
        signal.addEventListener("abort", () => controller.error(signal.reason));
      },
    });
    return new Response(body, { headers: NDJSON });
  };

/** A stream in exactly these chunks. */
export const chunks = (...parts: Uint8Array[]): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        parts.forEach((part) => controller.enqueue(part));
        controller.close();
      },
    }),
    { headers: NDJSON },
  );

export const json = (value: unknown): Response => Response.json(value);

export const problem = (status: number, detail: string, headers: HeadersInit = {}): Response =>
  new Response(JSON.stringify({ title: "No", status, detail }), { status, headers });

export const hello = { event: "hello", data: { cursor: "e.0", heartbeat: 15_000 } };
export const done = (data: unknown = null): object => ({ id: "done", event: "done", data });
