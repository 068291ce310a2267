import type { NormalOperand, NormalStatement } from '../../ruleset/nftables/index.ts';
import { recentKey } from '../walk/environment.ts';
import type { PacketState } from '../walk/packet.ts';
import type { Chance } from '../walk/walk.ts';
import { evaluate } from './evaluate.ts';
import type { TableContext } from './table-context.ts';
import { valueTest } from './value-test.ts';

type Match = NormalStatement & { readonly kind: 'match' };

/** How likely a packet is what a match asks for. */
export function matchChance(match: Match, packet: PacketState, context: TableContext): Chance {
  let chance: Chance = 0;
  for (const { value, probability } of evaluate(match.left, packet, context.walk)) {
    if (value === 'absent') continue;
    const holds = value === 'unknown' ? undefined : compare(value.text, match, context);
    if (holds === undefined) return undefined;
    if (holds) chance += probability;
  }
  return chance;
}

function compare(
  value: string,
  { left, operator, right }: Match,
  context: TableContext,
): boolean | undefined {
  if (operator !== '==' && operator !== '!=')
    return right.kind === 'value' ? orders[operator](Number(value), Number(right.text)) : undefined;
  const isFlags = left.kind === 'ct' && (left.key === 'state' || left.key === 'status');
  const isEqual = isFlags ? hasFlags(value, right) : isIn(value, right, context);
  return isEqual === undefined ? undefined : isEqual === (operator === '==');
}

const orders: Readonly<
  Record<Exclude<Match['operator'], '==' | '!='>, (a: number, b: number) => boolean>
> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** Flags are compared bit by bit, but in braces as a whole. */
function hasFlags(value: string, right: NormalOperand): boolean | undefined {
  if (right.kind === 'set') return undefined;
  if (right.kind === 'anonymousSet') return right.values.includes(value);
  const own = value.split(',');
  return right.text.split(',').some((flag) => own.includes(flag));
}

function isIn(value: string, right: NormalOperand, context: TableContext): boolean | undefined {
  switch (right.kind) {
    case 'value':
      return valueTest(right.text)(value);
    case 'anonymousSet':
      return right.values.some((text) => holdsParts(text, value));
    case 'set': {
      const container = context.containers.get(right.name);
      if (!container) return undefined;
      const isOnRecord = context.walk.network.recent.has(recentKey(right.name, value));
      return isOnRecord || container.find(value) !== undefined;
    }
  }
}

function holdsParts(text: string, value: string): boolean {
  const tests = text.split(' . ').map(valueTest);
  const parts = value.split(' . ');
  return tests.length === parts.length && tests.every((test, at) => test(parts[at] ?? ''));
}
