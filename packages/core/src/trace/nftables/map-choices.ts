import type { NormalData, NormalExpression, NormalMap } from '../../ruleset/nftables/index.ts';
import type { Branch } from '../walk/branch.ts';
import type { StepElement } from '../walk/step.ts';
import { evaluate } from './evaluate.ts';
import { elementStep, type RulePlace } from './rule-place.ts';
import { valueTest } from './value-test.ts';

/** What a map may have for a packet: data, nothing, or what is not known. */
export interface MapChoice {
  readonly found: NormalData | 'nothing' | 'unknown';
  readonly probability: number;
  readonly element: StepElement | undefined;
}

interface Found {
  readonly data: NormalData | undefined;
  readonly element: StepElement | undefined;
}

/** Looks up all values that a key may have; those that lead to nothing are one choice. */
export function mapChoices(
  key: NormalExpression,
  map: NormalMap,
  { branch, place }: { readonly branch: Branch; readonly place: RulePlace },
): MapChoice[] {
  const choices: MapChoice[] = [];
  let nothing = 0;
  const look = lookerOf(map, place);
  for (const { value, probability } of evaluate(key, branch.packet, place.context.walk)) {
    const isKnown = typeof value === 'object';
    const found = isKnown ? look?.(value.text) : undefined;
    if (value === 'unknown' || !look)
      choices.push({ found: 'unknown', probability, element: undefined });
    else if (found?.data) choices.push({ found: found.data, probability, element: found.element });
    else nothing += probability;
  }
  if (nothing > 0) choices.push({ found: 'nothing', probability: nothing, element: undefined });
  return choices;
}

/** `undefined` for a map that is not there. */
function lookerOf(map: NormalMap, place: RulePlace): ((value: string) => Found) | undefined {
  if (map.kind === 'anonymousMap') {
    const exact = new Map(map.entries.map((entry) => [entry.key.join(' . '), entry]));
    return (value) => {
      const entry =
        exact.get(value) ?? map.entries.find(({ key }) => valueTest(key.join(' . '))(value));
      return { data: entry?.data, element: undefined };
    };
  }
  const container = place.context.containers.get(map.name);
  if (!container) return undefined;
  return (value) => {
    const element = container.find(value);
    return { data: element?.data, element: element && elementStep(map.name, element, place) };
  };
}
