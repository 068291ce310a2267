import { printElement, type Element, type ObjectName } from '../../../ruleset/nftables/index.ts';

/** An element, and the set or map that it belongs to. */
export interface PlacedElement {
  readonly container: ObjectName;
  readonly element: Element;
}

export type ElementsByContainer = ReadonlyMap<ObjectName, readonly Element[]>;

/**
 * One element of each key. One that is added again as it is keeps its place; one that changes is
 * deleted and added: it stands at the place of the last change.
 */
export function collectElements(placed: readonly PlacedElement[]): ElementsByContainer {
  const byContainer = new Map<ObjectName, Map<string, Element>>();
  for (const { container, element } of placed) {
    const held = byContainer.get(container) ?? new Map<string, Element>();
    const key = element.key.join(' . ');
    const present = held.get(key);
    if (present && printElement(present) === printElement(element)) continue;
    held.delete(key);
    byContainer.set(container, held.set(key, element));
  }
  return new Map([...byContainer].map(([container, held]) => [container, [...held.values()]]));
}
