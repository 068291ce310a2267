import { expect, test } from 'vitest';
import { choosePalette, type ColorChoice } from '../../src/output/palette.ts';

const colored = '\u001b[31mx\u001b[0m';

interface Row {
  readonly choice: ColorChoice;
  readonly isTerminal: boolean;
  readonly env?: Record<string, string>;
  readonly text: string;
}

const rows: Row[] = [
  { choice: 'auto', isTerminal: true, text: colored },
  { choice: 'auto', isTerminal: false, text: 'x' },
  { choice: 'auto', isTerminal: true, env: { NO_COLOR: '1' }, text: 'x' },
  { choice: 'auto', isTerminal: true, env: { NO_COLOR: '' }, text: colored },
  { choice: 'auto', isTerminal: true, env: { TERM: 'dumb' }, text: 'x' },
  { choice: 'always', isTerminal: false, env: { NO_COLOR: '1' }, text: colored },
  { choice: 'never', isTerminal: true, text: 'x' },
];

test.for(rows)('$choice, terminal $isTerminal, $env', ({ choice, isTerminal, env = {}, text }) => {
  const io = {
    writeOut: () => {},
    writeError: () => {},
    readInput: async () => undefined,
    outIsTerminal: false,
    errorIsTerminal: false,
    env,
  };
  expect(choosePalette(choice, isTerminal, io).red('x')).toBe(text);
});
