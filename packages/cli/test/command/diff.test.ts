import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusterText, shop, shopDump, web } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const node = ['--node', 'node-a'];

test('a snapshot and dumps', async () => {
  const { status, out, error } = await runCommand(['diff', shop, shopDump, ...node]);
  expect({ status, error }).toEqual({ status: 1, error: '11 differences\n' });
  await expect(out).toMatchFileSnapshot(goldenPath('diff-shop.txt'));
});

test('dumps and a snapshot, as JSON', async () => {
  const { status, out, error } = await runCommand(['diff', shopDump, shop, ...node, '--json']);
  expect({ status, error }).toEqual({ status: 1, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath('diff-shop.json'));
});

test.for([
  ['two snapshots', shop, shop],
  ['two dumps', shopDump, shopDump],
] as const)('%s with the same rules: exit 0', async ([, from, to]) => {
  const outcome = await runCommand(['diff', from, to, ...node]);
  expect(outcome).toEqual({ status: 0, out: '', error: 'the same rules\n' });
});

test('two snapshots, one of them from standard input', async () => {
  const folder = await temporaryFolder({ 'a.json': clusterText(web) });
  const changed = { ...web, 'prod/web': ['10.244.1.5'] };
  const { status, out } = await runCommand(['diff', join(folder, 'a.json'), '-'], {
    input: clusterText(changed),
  });
  expect(status).toBe(1);
  expect(out).toContain('- -A KUBE-SEP-');
  expect(out).toContain('# prod/web:http, endpoint 10.244.2.6:8080 [node-b]\n');
});

test('modes and layouts of nftables', async () => {
  const folder = await temporaryFolder({ 'a.json': clusterText(web) });
  const cluster = join(folder, 'a.json');
  for (const layout of ['kube-proxy', 'fast']) {
    const options = ['--mode', 'nftables', '--layout', layout];
    const out = join(folder, layout);
    expect(await runCommand(['compile', cluster, ...options, '-o', out])).toMatchObject({
      status: 0,
    });
    const same = await runCommand(['diff', cluster, out, ...options]);
    expect(same).toEqual({ status: 0, out: '', error: 'the same rules\n' });
  }
  const other = await runCommand(['diff', join(folder, 'fast'), join(folder, 'kube-proxy')]);
  expect(other.status).toBe(1);
});

test('lines in colour', async () => {
  const { out } = await runCommand(['diff', shop, shopDump, ...node, '--color', 'always']);
  const painted = out
    .split('\n')
    .slice(0, 3)
    .map((line) => line.replaceAll('\u001b', '<').slice(0, 7));
  expect(painted).toEqual(['<[1mipt', '<[31m- ', '<[32m+ ']);
});

test('what a dump cannot be read for is told', async () => {
  const text = await readFile(join(shopDump, 'ipv4.iptables-save'), 'utf8');
  const folder = await temporaryFolder({ 'ipv4.iptables-save': text.slice(0, 20_000) });
  const { status, error } = await runCommand(['diff', folder, folder]);
  expect(status).toBe(1);
  expect(error).toContain('error DUMP_TRUNCATED: ');
});

test.for([
  { args: ['diff', '-', '-'], error: 'kube-rules: only one side can be standard input\n' },
  { args: ['diff', shop], error: "error: missing required argument 'to'\n" },
  {
    args: ['diff', shop, 'no-such-file', '-n', 'node-a'],
    error: 'kube-rules: cannot read no-such-file: there is no such file\n',
  },
  {
    args: ['diff', shop, shopDump],
    error: `kube-rules: ${shop} cannot be compiled: Rules are made for one node; choose one of node-a, node-b, node-c. Name it with --node.\n`,
  },
])('$args: exit 2 and why', async ({ args, error }) => {
  expect(await runCommand(args, { input: '' })).toEqual({ status: 2, out: '', error });
});
