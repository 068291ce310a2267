import type { Change } from '../diff/change.ts';
import type { Item } from '../diff/node-rules.ts';
import { groupBy } from '../util/group-by.ts';
import { compareText } from '../util/compare-text.ts';

/** What a plan changes for one service port. */
export interface ServicePlan {
  /** `namespace/name:port`; the empty text for what every node has. */
  readonly servicePort: string;
  /** Rules and entries. */
  readonly added: number;
  readonly removed: number;
  /** `ip:port` of endpoints that have rules of their own only afterwards, or only before. */
  readonly newEndpoints: readonly string[];
  readonly goneEndpoints: readonly string[];
}

interface Owner {
  readonly servicePort?: string;
  readonly endpoint?: string;
}

interface Step extends Owner {
  readonly isAdded: boolean;
}

/** Sums changes up by service port. */
export function sumByService(
  changes: readonly Change[],
  findOwner: (item: Item, container?: string) => Owner,
): ServicePlan[] {
  const steps = changes.flatMap((change): Step[] => {
    const step = (item: Item, isAdded: boolean): Step => ({
      ...findOwner(item, containerOf(change)),
      isAdded,
    });
    switch (change.kind) {
      case 'ruleAdded':
        return [step(change.rule, true)];
      case 'ruleRemoved':
        return [step(change.rule, false)];
      case 'entryAdded':
        return [step(change.entry, true)];
      case 'entryRemoved':
        return [step(change.entry, false)];
      case 'entryChanged':
        return [step(change.to, true), step(change.from, false)];
      case 'chainAdded':
      case 'chainChanged':
      case 'chainRemoved':
      case 'groupAdded':
      case 'groupChanged':
      case 'groupRemoved':
        return [];
    }
  });
  return [...groupBy(steps, ({ servicePort }) => servicePort ?? '')]
    .sort(([a], [b]) => compareText(a, b))
    .map(([servicePort, own]) => {
      const [came, went] = [endpointsOf(own, true), endpointsOf(own, false)];
      return {
        servicePort,
        added: own.filter(({ isAdded }) => isAdded).length,
        removed: own.filter(({ isAdded }) => !isAdded).length,
        newEndpoints: came.filter((endpoint) => !went.includes(endpoint)),
        goneEndpoints: went.filter((endpoint) => !came.includes(endpoint)),
      };
    });
}

function containerOf(change: Change): string {
  return 'chain' in change ? change.chain : change.group;
}

function endpointsOf(steps: readonly Step[], isAdded: boolean): string[] {
  const own = steps.filter((step) => step.isAdded === isAdded);
  return [...new Set(own.flatMap(({ endpoint }) => endpoint ?? []))];
}
