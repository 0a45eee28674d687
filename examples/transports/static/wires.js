// Every transport by hand, as docs/protocol.md describes them. A wire opens its connection, tells its `link` what comes,
// and returns how to close it:
//   link.opened()        a connection, or a request more
//   link.bytes(n)        so many bytes of a body
//   link.message(m)      `{ id, event, data }`
//   link.lost()          the connection is over
//   link.call(name, args)  set by a wire that also sends

/** Takes text as it comes and hands on the message of each whole line of JSON. */
function lines(link) {
  let rest = "";
  return (text) => {
    link.bytes(text.length);
    const whole = (rest + text).split("\n");
    rest = whole.pop();
    for (const line of whole) if (line.startsWith("{")) link.message(JSON.parse(line));
  };
}

export function sse(url, link) {
  const source = new EventSource(url);
  source.onopen = link.opened;
  source.onerror = () => {
    source.close(); // it would come back by itself; here the panel does
    link.lost();
  };
  for (const event of ["hello", "message"]) {
    source.addEventListener(event, ({ lastEventId: id, data }) => {
      link.bytes(`id: ${id}\ndata: ${data}\n\n`.length); // the browser does not say
      link.message({ id, event, data: JSON.parse(data) });
    });
  }
  return () => source.close();
}

/** A streaming `fetch`; the parts of a multipart body are lines of JSON as well. */
export function stream(url, link) {
  const gone = new AbortController();
  (async () => {
    const { body } = await fetch(url, { signal: gone.signal, cache: "no-store" });
    link.opened();
    const [reader, take] = [body.pipeThrough(new TextDecoderStream()).getReader(), lines(link)];
    for (let part = await reader.read(); !part.done; part = await reader.read()) take(part.value);
  })().then(link.lost, link.lost);
  return () => gone.abort();
}

export function xhr(url, link) {
  const [request, take] = [new XMLHttpRequest(), lines(link)];
  let read = 0;
  request.open("GET", url);
  request.onloadstart = link.opened;
  request.onprogress = () => {
    take(request.responseText.slice(read));
    read = request.responseText.length;
  };
  request.onloadend = link.lost;
  request.send();
  return () => request.abort();
}

export function poll(url, link) {
  const gone = new AbortController();
  (async () => {
    for (;;) {
      link.opened();
      const reply = await fetch(url, { signal: gone.signal, cache: "no-store" });
      const text = await reply.text();
      link.bytes(text.length);
      const { events, cursor } = JSON.parse(text);
      events.forEach(link.message);
      url.searchParams.set("cursor", cursor);
    }
  })().catch(link.lost);
  return () => gone.abort();
}

/** Script elements, in a frame that is sandboxed and so a page of another site. */
export function scripts(url, link) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.hidden = true;
  frame.src = `elsewhere#${url.searchParams}&callback=heard`;
  const hear = ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    if (data.opened) link.opened();
    if (data.bytes) link.bytes(data.bytes);
    data.events?.forEach(link.message);
    if (data.lost) link.lost();
  };
  addEventListener("message", hear);
  document.body.append(frame);
  return () => {
    removeEventListener("message", hear);
    frame.remove();
  };
}

/** A document that never ends, whose elements are messages. */
export function frame(url, link) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.hidden = true;
  frame.src = url;
  const read = () => {
    for (const node of frame.contentDocument?.querySelectorAll("c-f") ?? []) {
      if (!node.nextSibling) return; // the rest of it is on its way
      link.bytes(node.outerHTML.length);
      link.message(JSON.parse(node.textContent));
      node.remove();
    }
  };
  const timer = setInterval(read, 20);
  frame.onload = link.lost; // a document that has loaded is over
  document.body.append(frame);
  link.opened();
  return () => {
    clearInterval(timer);
    frame.remove();
  };
}

export function socket(url, link) {
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url, "comet.v1");
  socket.onopen = () => {
    link.call = (call, args) => socket.send(JSON.stringify({ call, args, id: `${Date.now()}` }));
    link.opened();
  };
  socket.onclose = link.lost;
  socket.onmessage = ({ data }) => {
    link.bytes(data.length);
    link.message(JSON.parse(data));
  };
  return () => socket.close();
}
