import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { shop } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const head = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';

test.for([
  { args: [], golden: 'config-shop.txt' },
  { args: ['--', '--masquerade-all', '--cluster-cidr=10.0.0.0/8'], golden: 'config-flags.txt' },
] as const)('prints the configuration of a whole cluster, $args', async ({ args, golden }) => {
  const { status, out, error } = await runCommand(['config', shop, ...args]);
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath(golden));
});

test('what is printed is the same configuration again', async () => {
  const text = await readFile(shop, 'utf8');
  const { config } = parseSnapshot(text, { nodeName: 'node-a' }).snapshot;
  const { out } = await runCommand(['config', shop]);
  expect(parse(out)).toMatchObject(config);
  const again = await runCommand(['config'], { input: out });
  expect(valuesOf(again.out)).toBe(valuesOf(out));
});

test('values come from a default, a file or a flag, the last winning', async () => {
  const folder = await temporaryFolder({
    'proxy.yaml': `${head}iptables: {masqueradeBit: 7, masqueradeAll: false}\n`,
  });
  const file = join(folder, 'proxy.yaml');
  const args = ['config', file, '--json', '--', '--iptables-masquerade-bit=9'];
  const { status, out } = await runCommand(args);
  expect(status).toBe(0);
  const { apiVersion, kind, configuration, sources, diagnostics } = JSON.parse(out) as Record<
    string,
    unknown
  >;
  expect({ apiVersion, kind, diagnostics }).toEqual({
    apiVersion: 'kube-rules/v1alpha1',
    kind: 'EffectiveConfiguration',
    diagnostics: [],
  });
  expect(configuration).toMatchObject({ iptables: { masqueradeBit: 9 }, mode: '' });
  expect(sources).toMatchObject({
    'iptables.masqueradeBit': { kind: 'flag', flag: 'iptables-masquerade-bit' },
    'iptables.syncPeriod': { kind: 'default' },
  });
});

test('an unknown field is a warning', async () => {
  const { status, error } = await runCommand(['config'], { input: `${head}mod: iptables\n` });
  expect(status).toBe(0);
  expect(error).toContain('<stdin>:3:');
  expect(error).toContain('warning CONFIG_FIELD_UNKNOWN');
  expect(error).toContain('did you mean "mode"?');
});

test('an invalid configuration: exit 2 and all reasons, however many', async () => {
  const cidrs = Array.from({ length: 30 }, (_, index) => `x${index}`);
  const input = `${head}mode: fast\nconfigSyncPeriod: soon\nnodePortAddresses: [${cidrs.join(', ')}]\n`;
  for (const more of [[], ['--json']]) {
    const args = ['config', ...more, '--', '--iptables-masquerade-bit=77'];
    const { status, out, error } = await runCommand(args, { input });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    for (const value of ['"fast"', '"soon"', '77', ...cidrs.map((cidr) => `"${cidr}"`)]) {
      expect(error).toContain(value);
    }
    expect(error).toContain('kube-rules: the configuration is invalid');
  }
});

test.for([
  { what: 'broken YAML', input: `${head}mode: [\n` },
  { what: 'binary input', input: 'a\0b' },
  { what: 'an unknown flag', input: head, flag: '--no-such-flag' },
])('$what: exit 2 and nothing on standard output', async ({ input, flag }) => {
  const args = flag === undefined ? ['config'] : ['config', '--', flag];
  const { status, out, error } = await runCommand(args, { input });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain('error ');
});

test('what is wrong with the cluster is not the question', async () => {
  const input = 'apiVersion: v1\nkind: Service\nmetadata: {name: A_B}\n';
  const { status, error } = await runCommand(['config'], { input });
  expect(status).toBe(0);
  expect(error).not.toContain('NAME_INVALID');
});

/** What is printed without the comments on its sources. */
function valuesOf(printed: string): string {
  return printed.replaceAll(/ +# .*$/gm, '');
}
