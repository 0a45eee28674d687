/**
 * Whether a position lies behind another. Positions are `epoch.offset`, and offsets of different
 * epochs have nothing to do with each other: then, and where one is no such position, it does.
 */
export function isAfter(position = "", other = ""): boolean {
  const [epoch, offset] = position.split(".");
  const [known, reached] = other.split(".");
  return epoch !== known || !(+offset! <= +reached!);
}
