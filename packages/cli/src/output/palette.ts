import type { CommandIO } from '../io.ts';

/** Marks text with colours, or leaves it as it is. */
export interface Palette {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

export type ColorChoice = 'auto' | 'always' | 'never';

function asItIs(text: string): string {
  return text;
}

/** Marks nothing. */
export const plainPalette: Palette = {
  red: asItIs,
  green: asItIs,
  yellow: asItIs,
  bold: asItIs,
  dim: asItIs,
};

/** By the code of a colour (ECMA-48, SGR). */
function paint(code: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}

/** Colour only on a terminal, unless asked for; NO_COLOR (no-color.org) and a dumb terminal switch it off. */
export function choosePalette(
  choice: ColorChoice,
  isTerminal: boolean,
  { env }: CommandIO,
): Palette {
  const wanted = isTerminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  const on = choice === 'always' || (choice === 'auto' && wanted);
  if (!on) return plainPalette;
  return { red: paint(31), green: paint(32), yellow: paint(33), bold: paint(1), dim: paint(2) };
}
