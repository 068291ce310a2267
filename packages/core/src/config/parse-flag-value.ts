import { parseDuration } from './duration.ts';
import type { FlagKind } from './flag-table.ts';

const truths: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  true: true,
  '0': false,
  f: false,
  false: false,
};

const parsers: Readonly<Record<FlagKind, (text: string) => unknown>> = {
  text: (text) => text,
  integer: (text) => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined),
  number: (text) =>
    text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined,
  flag: (text) => truths[text.toLowerCase()],
  duration: (text) => (parseDuration(text) === undefined ? undefined : text),
  list: (text) => (text === '' ? [] : text.split(',')),
  gates: parseGates,
};

/** A flag's value as the configuration wants it; `undefined` if it cannot be. A switch without a value is on. */
export function parseFlagValue(kind: FlagKind, text: string | undefined): unknown {
  if (text === undefined) return kind === 'flag' ? true : undefined;
  return parsers[kind](text);
}

function parseGates(text: string): Readonly<Record<string, boolean>> | undefined {
  const gates: [string, boolean][] = [];
  for (const part of text.split(',').filter((gate) => gate.trim() !== '')) {
    const [name = '', value = ''] = part.split('=');
    const on = truths[value.trim().toLowerCase()];
    if (on === undefined) return undefined;
    gates.push([name.trim(), on]);
  }
  return Object.fromEntries(gates);
}
