/** Cuts a connection on which nothing has been heard for 2.3 heartbeats. */
export function watch(armed: boolean, heartbeat: () => number, cut: () => void) {
  let last = armed ? Date.now() : Infinity;
  let overdue = false;
  const timer = setInterval(() => {
    // A page that slept finds its clock far ahead: one overdue look is not yet a loss.
    if (Date.now() - last <= 2.3 * heartbeat()) overdue = false;
    else if (overdue) cut();
    else overdue = true;
  }, 1000);
  return {
    alive: (): void => void (last = Date.now()),
    stop: (): void => clearInterval(timer),
  };
}
