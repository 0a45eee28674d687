import { watchers } from "./day.js";

/**
 * Aborts a connection on which nothing has been heard for 2.3 heartbeats. Gives what is to be told
 * of all that is heard.
 */
export function watch(connection: AbortController, armed: boolean, heartbeat: () => number): () => void {
  let last = armed ? Date.now() : Infinity;
  let isOverdue = false;
  const look = (isBack?: true): void => {
    const wasOverdue = isOverdue;
    isOverdue = Date.now() - last > 2.3 * heartbeat();
    // A page that slept finds its clock far ahead: one overdue look is not yet a loss.
    if (isOverdue && isBack) setTimeout(look, 250);
    else if (isOverdue && wasOverdue) connection.abort();
  };
  const timer = setInterval(look, 1000);
  watchers.add(look);
  connection.signal.addEventListener("abort", () => {
    clearInterval(timer);
    watchers.delete(look);
  });
  return () => void (last = Date.now());
}
