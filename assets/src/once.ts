const REMEMBERED = 1000;

/** Tells whether a position is seen for the first time; what has none always is. */
export function once(): (id: string | undefined) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (!id) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    if (seen.size > REMEMBERED) for (const oldest of seen) return seen.delete(oldest);
    return true;
  };
}
