import { morphInner } from "morphlex";

/**
 * Makes what is inside an element like this. What is the same stays as it is: the focus, a
 * selection, how far it was scrolled, and what was typed.
 */
export function morph(element: Element, next: DocumentFragment): void {
  const wanted = element.cloneNode() as Element;
  wanted.append(next);
  morphInner(element, wanted, { preserveChanges: true });
}
