import { readFile } from 'node:fs/promises';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { parseSnapshot, planCleanup, planNode, readPlan } from '@kube-rules/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { plainPalette } from '../../src/output/palette.ts';
import { printPlan } from '../../src/output/print-plan.ts';
import { shop } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const commands = ['plan', 'apply', 'cleanup', 'confirm', 'status'] as const;

test.for(commands)('help of %s', async (name) => {
  const { status, out } = await runCommand([name, '--help']);
  expect(status).toBe(0);
  await expect(out).toMatchFileSnapshot(goldenPath(`help-${name}.txt`));
});

test.for([
  ['apply', '--confirm', 'soon', shop],
  ['apply', '--confirm', '0s', shop],
  ['plan', '--mode', 'kernelspace', shop],
  ['plan', '--layout', 'slow', shop],
  ['cleanup', 'everything'],
  ['cleanup', '--mode', 'mesh'],
  ['confirm', 'now'],
  ['status', '--nothing'],
])('wrong use: %s %s %s', async (args) => {
  const { status, out, error } = await runCommand(args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toMatch(/^(?:error|kube-rules): /);
});

test('a plan that was cut short is not applied', async () => {
  const folder = await temporaryFolder({ 'plan.json': '{"apiVersion": "x", "kind": "Plan", ' });
  const { status, error } = await runCommand(['apply', join(folder, 'plan.json')]);
  expect(status).toBe(2);
  expect(error).toContain('is no whole plan; make it again with kube-rules plan -o');
});

test('nothing waits to be confirmed', async () => {
  const state = await temporaryFolder();
  expect(await runCommand(['confirm', '--state', state])).toEqual({
    status: 1,
    out: '',
    error: 'nothing waits to be confirmed\n',
  });
  const waiting = await temporaryFolder({ pending: '17' });
  expect(await runCommand(['confirm', '--state', waiting])).toMatchObject({ status: 0 });
  expect(await readFile(join(waiting, 'confirmed'), 'utf8')).toBe('17');
});

test('a plan in text', async () => {
  const { snapshot } = parseSnapshot(await readFile(shop, 'utf8'), { nodeName: 'node-a' });
  const plan = planNode(snapshot, 'iptables', { files: {}, sysctls: {} });
  await expect(printPlan(plan, plainPalette)).toMatchFileSnapshot(goldenPath('plan-shop.txt'));
  expect(printPlan(planCleanup('node-a', {}), plainPalette)).toBe(
    'node-a, everything of kube-proxy goes: nothing to do (0 foreign rules stay)\n',
  );
});

/** Tools that only print, and no others on PATH: the machine's own rules are neither read nor changed. */
async function useFakeTools(outputs: Readonly<Record<string, string>>): Promise<string> {
  const programs = Object.entries(outputs).map(([name, output]) => [
    name,
    `#!/bin/sh\n/bin/cat <<'END'\n${output}END\n`,
  ]);
  const folder = await temporaryFolder(Object.fromEntries(programs) as Record<string, string>);
  for (const name of Object.keys(outputs)) chmodSync(join(folder, name), 0o755);
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  return folder;
}

const kubeProxy = '*nat\n:KUBE-SERVICES - [0:0]\n-A PREROUTING -j KUBE-SERVICES\nCOMMIT\n';

test('plan: exit status 2 if there is something to do, and that is asked for', async () => {
  const folder = await useFakeTools({ 'iptables-nft-save': kubeProxy, 'ip6tables-nft-save': '' });
  const file = join(folder, 'plan.json');
  const args = ['plan', '--node', 'node-a', shop];
  expect(await runCommand(args)).toMatchObject({ status: 0 });
  const detailed = await runCommand([...args, '--detailed-exitcode', '-o', file]);
  expect(detailed).toMatchObject({ status: 2 });
  expect(detailed.out).toMatch(/^Plan: \d+ to add, \d+ to change, \d+ to remove\./m);
  expect(detailed.error).toContain(`apply it: kube-rules apply ${file}\n`);
  const plan = readPlan(await readFile(file, 'utf8'));
  expect(plan).toMatchObject({ nodeName: 'node-a', mode: 'iptables', backend: 'nft' });
  const { out } = await runCommand([...args, '--json']);
  expect(readPlan(out)?.fingerprint).toEqual(plan?.fingerprint);
});

test('plan: a dump without its end is an error with status 1', async () => {
  await useFakeTools({ 'iptables-nft-save': '*nat\n:KUBE-SERVICES - [0:0]\n' });
  const args = ['plan', '--node', 'node-a', '--detailed-exitcode', shop];
  const { status, error } = await runCommand(args);
  expect(status).toBe(1);
  expect(error).toMatch(/^kube-rules: TOOL_FAILED: iptables-nft-save /);
});

test('cleanup --dry-run only shows what would go', async () => {
  await useFakeTools({ 'iptables-nft-save': kubeProxy });
  const { status, out } = await runCommand(['cleanup', '--dry-run']);
  expect(status).toBe(0);
  expect(out).toContain('Plan: 0 to add, 0 to change, 1 to remove.');
});

test('cleanup takes networks, and no other words', async () => {
  await useFakeTools({ 'iptables-nft-save': kubeProxy });
  const args = ['cleanup', '--dry-run', '--exclude-cidrs'];
  expect(await runCommand([...args, '10.96.0.0/12, fd00::/108'])).toMatchObject({ status: 0 });
  const { status, error } = await runCommand([...args, '10.96.0.0/12,ten']);
  expect(status).toBe(2);
  expect(error).toContain('ten is no CIDR.');
});

test('cleanup of a mode that is not there does nothing', async () => {
  await useFakeTools({ 'iptables-nft-save': kubeProxy });
  const { out } = await runCommand(['cleanup', '--dry-run', '--mode', 'nftables']);
  expect(out).toContain('nothing to do');
});

test('status: what is there, and whether it is whole', async () => {
  const state = await temporaryFolder();
  await useFakeTools({ 'iptables-nft-save': kubeProxy, iptables: 'iptables v1.8.9 (nf_tables)\n' });
  const plain = await runCommand(['status', '--state', state]);
  expect(plain.status).toBe(0);
  expect(plain.out).toMatch(/ iptables mode, nft back end\n1 rules IPv4\n/);
  expect(plain.out).toContain(
    'applied by kube-rules: never\niptables   iptables v1.8.9 (nf_tables)\n',
  );
  const held = await runCommand(['status', '--state', state, '--node', 'node-a', shop]);
  expect(held.status).toBe(1);
  expect(held.out).toContain('NOT whole');
  const { out } = await runCommand(['status', '--state', state, '--json']);
  expect(JSON.parse(out)).toMatchObject({ kind: 'Status', mode: 'iptables', backend: 'nft' });
});
