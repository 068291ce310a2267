import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusterText, web } from '../support/cluster.ts';
import { runCommand, type Surroundings } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const escape = String.fromCodePoint(27);
const input = `${clusterText(web)}\n---\na: [\n`;

interface Row {
  readonly what: string;
  readonly surroundings: Surroundings;
  readonly args?: readonly string[];
  readonly out: boolean;
  readonly error: boolean;
}

const both = { outIsTerminal: true, errorIsTerminal: true };
const rows: readonly Row[] = [
  { what: 'on a terminal', surroundings: both, out: true, error: true },
  { what: 'into a pipe', surroundings: { errorIsTerminal: true }, out: false, error: true },
  { what: 'messages into a file', surroundings: { outIsTerminal: true }, out: true, error: false },
  { what: 'nowhere a terminal', surroundings: {}, out: false, error: false },
  { what: 'NO_COLOR', surroundings: { ...both, env: { NO_COLOR: '1' } }, out: false, error: false },
  { what: 'never', surroundings: both, args: ['--color=never'], out: false, error: false },
  { what: 'always', surroundings: {}, args: ['--color=always'], out: true, error: true },
];

test.for(rows)('$what: colour in the comparison $out, in messages $error', async (row) => {
  const folder = join(await temporaryFolder(), 'none');
  const args = ['compile', '--check', folder, ...(row.args ?? [])];
  const { out, error } = await runCommand(args, { ...row.surroundings, input });
  expect({ out: out.includes(escape), error: error.includes(escape) }).toEqual({
    out: row.out,
    error: row.error,
  });
});

test.for([['compile'], ['compile', '--json'], ['config', '--json']])(
  '%s: data is never coloured',
  async (args) => {
    const surroundings = { ...both, input: clusterText(web) };
    const { status, out } = await runCommand([...args, '--color=always'], surroundings);
    expect(status).toBe(0);
    expect(out).not.toContain(escape);
    expect(out).not.toBe('');
  },
);
