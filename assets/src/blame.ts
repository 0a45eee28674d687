import { isFinal } from "./follow.js";
import type { CometError } from "./errors.js";

/**
 * Asks for each channel by itself, as the server refuses a request as a whole, and ends those that
 * are refused. Resolves with whether there were any.
 */
export async function blame(
  names: readonly string[],
  ask: (name: string) => Promise<unknown>,
  end: (name: string, error: unknown) => void,
): Promise<boolean> {
  let isFound = false;
  const one = async (name: string): Promise<void> => {
    try {
      await ask(name);
    } catch (error) {
      if (!isFinal(error as CometError)) return;
      isFound = true;
      end(name, error);
    }
  };
  await Promise.all(names.map(one));
  return isFound;
}
