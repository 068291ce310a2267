import type { NormalExpression } from '../../ruleset/nftables/index.ts';
import type { PacketState } from '../walk/packet.ts';
import type { Walk } from '../walk/walk.ts';
import { fibValue } from './fib-value.ts';
import { connectionValue, metaValue } from './meta-value.ts';
import { payloadValue } from './payload-value.ts';
import { certain, type PossibleValue, type Value } from './value.ts';

/** Random numbers below more than this are not followed one by one. */
const mostNumbers = 20_000;

/** The values that an expression may have for a packet, with their probabilities. */
export function evaluate(
  expression: NormalExpression,
  packet: PacketState,
  walk: Walk,
): readonly PossibleValue[] {
  switch (expression.kind) {
    case 'payload':
      return only(payloadValue(expression.protocol, expression.field, packet));
    case 'meta':
      return only(metaValue(expression.key, packet));
    case 'ct':
      return only(connectionValue(expression.key, packet));
    case 'fib':
      return only(fibValue(expression, packet, walk.network));
    case 'numgen':
      return numbers(expression);
    case 'bits':
      return evaluate(expression.expression, packet, walk).map((one) => ({
        ...one,
        value: combine(one.value, expression),
      }));
    case 'concatenation':
      return join(expression.parts.map((part) => evaluate(part, packet, walk)));
  }
}

function only(value: Value): readonly PossibleValue[] {
  return [{ value, probability: 1 }];
}

/** A counter (`inc`) may stand anywhere, so it is taken for a random number. */
function numbers({
  modulus,
  offset,
}: NormalExpression & { readonly kind: 'numgen' }): readonly PossibleValue[] {
  if (!(modulus >= 1 && modulus <= mostNumbers)) return only('unknown');
  return Array.from({ length: modulus }, (_, number) => ({
    value: certain(number + offset),
    probability: 1 / modulus,
  }));
}

function combine(
  value: Value,
  { operator, operand }: NormalExpression & { readonly kind: 'bits' },
): Value {
  if (typeof value === 'string') return value;
  const number = Number(value.text);
  if (!Number.isInteger(number)) return 'unknown';
  if (operator === '&') return certain((number & operand) >>> 0);
  return certain((operator === '|' ? number | operand : number ^ operand) >>> 0);
}

function join(parts: readonly (readonly PossibleValue[])[]): readonly PossibleValue[] {
  const [first = [], ...rest] = parts;
  return rest.reduce<readonly PossibleValue[]>(
    (starts, values) =>
      starts.flatMap((start) =>
        values.map(({ value, probability }) => ({
          value: concatenate(start.value, value),
          probability: start.probability * probability,
        })),
      ),
    first,
  );
}

function concatenate(start: Value, end: Value): Value {
  if (start === 'absent' || end === 'absent') return 'absent';
  if (start === 'unknown' || end === 'unknown') return 'unknown';
  return { text: `${start.text} . ${end.text}` };
}
