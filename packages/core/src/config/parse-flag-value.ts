import { parseDuration } from './duration.ts';
import type { FlagKind } from './flag-table.ts';

const truths: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['t', true],
  ['true', true],
  ['0', false],
  ['f', false],
  ['false', false],
]);

const parsers: Readonly<Record<FlagKind, (text: string) => unknown>> = {
  text: (text) => text,
  integer: parseInteger,
  number: (text) =>
    text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined,
  flag: (text) => truths.get(text.toLowerCase()),
  duration: (text) => (parseDuration(text) === undefined ? undefined : text),
  list: (text) => (text === '' ? [] : text.split(',')),
  gates: parseGates,
};

/** A flag's value as the configuration wants it; `undefined` if it cannot be. A switch without a value is on. */
export function parseFlagValue(kind: FlagKind, text: string | undefined): unknown {
  if (text === undefined) return kind === 'flag' ? true : undefined;
  return parsers[kind](text);
}

/** As Go's `strconv.ParseInt` with base 0: decimal, or by its prefix hexadecimal, octal or binary. */
function parseInteger(text: string): number | undefined {
  const [, sign, digits = ''] =
    /^([+-]?)(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|[1-9]\d*|0)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const value = Number(digits.replace(/^0(?=[0-7])/, '0o'));
  return sign === '-' ? -value : value;
}

function parseGates(text: string): Readonly<Record<string, boolean>> | undefined {
  const gates: [string, boolean][] = [];
  for (const part of text.split(',').filter((gate) => gate.trim() !== '')) {
    const [name = '', value = ''] = part.split('=');
    const on = truths.get(value.trim().toLowerCase());
    if (on === undefined) return undefined;
    gates.push([name.trim(), on]);
  }
  return Object.fromEntries(gates);
}
