import { expect, test } from 'vitest';
import { goldenPath } from './support/golden.ts';
import { shop } from './support/cluster.ts';
import { runCommand } from './support/run-command.ts';

test.for([
  { args: ['--help'], golden: 'help.txt' },
  { args: ['compile', '--help'], golden: 'help-compile.txt' },
  { args: ['config', '--help'], golden: 'help-config.txt' },
  { args: ['lint', '--help'], golden: 'help-lint.txt' },
  { args: ['explain', '--help'], golden: 'help-explain.txt' },
  { args: ['trace', '--help'], golden: 'help-trace.txt' },
  { args: ['graph', '--help'], golden: 'help-graph.txt' },
  { args: ['report', '--help'], golden: 'help-report.txt' },
  { args: ['diff', '--help'], golden: 'help-diff.txt' },
  { args: ['audit', '--help'], golden: 'help-audit.txt' },
  { args: ['who', '--help'], golden: 'help-who.txt' },
] as const)('$args prints the help on standard output', async ({ args, golden }) => {
  const { status, out, error } = await runCommand(args);
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath(golden));
});

test('--version prints the version', async () => {
  expect(await runCommand(['--version'])).toEqual({ status: 0, out: '0.1.0\n', error: '' });
});

test('without a command the help goes to standard error', async () => {
  const { status, out, error } = await runCommand([]);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain('Usage: kube-rules');
});

test.for([
  { args: ['comple'], hint: 'Did you mean compile?' },
  { args: ['confg'], hint: 'Did you mean config?' },
  { args: ['compile', '--chek', 'x'], hint: 'Did you mean --check?' },
  { args: ['compile', '--relase'], hint: 'Did you mean --release?' },
  { args: ['config', '--jsno'], hint: 'Did you mean --json?' },
])('$args is refused with a suggestion', async ({ args, hint }) => {
  const { status, out, error } = await runCommand(args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain(hint);
});

test('a defect says that it is one, with its trace, and how to report it', async () => {
  const { status, out, error } = await runCommand(['compile', shop, '--node', 'node-a'], {
    writeOut: () => {
      throw new Error('made to fail');
    },
  });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain('this is a defect of kube-rules, please report it');
  expect(error).toMatch(/Error: made to fail\n +at /);
});

test('a defect that throws no Error is shown too', async () => {
  const { status, error } = await runCommand(['compile', shop, '--node', 'node-a'], {
    writeOut: () => {
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- what a defect throws is nobody's choice
      throw 'a string \u001b[31m';
    },
  });
  expect(status).toBe(2);
  expect(error).toContain('a string \\u001b[31m\n');
});
