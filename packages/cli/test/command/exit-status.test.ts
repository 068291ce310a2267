import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusterText, shop, web } from '../support/cluster.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Refused {
  readonly what: string;
  readonly args: readonly string[];
  readonly says: string;
  readonly input?: string;
}

const head = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';
const onNodeA = ['compile', shop, '--node', 'node-a'];

/** All ways to status 2. `FOLDER` is a folder with an empty `file`, and a folder `ipv4.iptables`. */
const refused: readonly Refused[] = [
  { what: 'no command', args: [], says: 'Usage:' },
  { what: 'unknown command', args: ['audi'], says: "unknown command 'audi'" },
  { what: 'unknown option', args: [...onNodeA, '--nod'], says: 'Did you mean --node?' },
  { what: 'option without its value', args: [...onNodeA, '--form'], says: 'argument missing' },
  { what: 'unknown mode', args: [...onNodeA, '--mode', 'fast'], says: 'Allowed choices are' },
  { what: 'unknown form', args: [...onNodeA, '--form', 'json'], says: 'restore, save, script' },
  { what: 'unknown release', args: [...onNodeA, '--release', '1.29'], says: '1.30, 1.36' },
  { what: 'unknown colour', args: [...onNodeA, '--color', 'red'], says: 'auto, always, never' },
  {
    what: 'unknown document',
    args: [...onNodeA, '--only', 'ipv4.rules'],
    says: 'there is no document ipv4.rules; there are ipv4.iptables, ipv4.jumps',
  },
  {
    what: '-o and --check',
    args: [...onNodeA, '-o', 'x', '--check', 'x'],
    says: '--output and --check do not go together',
  },
  {
    what: 'a folder that cannot be made',
    args: [...onNodeA, '-o', 'FOLDER/file/x'],
    says: 'cannot write into',
  },
  {
    what: 'a golden file that cannot be read',
    args: [...onNodeA, '--check', 'FOLDER'],
    says: 'cannot read',
  },
  {
    what: 'missing file',
    args: ['compile', 'FOLDER/none.yaml'],
    says: 'none.yaml: there is no such file',
  },
  {
    what: 'missing file beside a good one',
    args: [...onNodeA, 'FOLDER/none.yaml'],
    says: 'there is no such file',
  },
  { what: 'file below a file', args: ['compile', 'FOLDER/file/x'], says: 'cannot read' },
  {
    what: 'folder without documents',
    args: ['compile', 'FOLDER'],
    says: 'holds no YAML or JSON file',
  },
  {
    what: 'no input on a terminal',
    args: ['compile'],
    says: 'no input: name a file, or pipe one in',
  },
  { what: 'no input on a terminal for config', args: ['config'], says: 'no input: name a file' },
  {
    what: 'unknown node',
    args: ['compile', shop, '--node', 'node-x'],
    says: 'no Node "node-x"; did you mean node-a?',
  },
  { what: 'ambiguous node', args: ['compile', shop], says: 'choose one of node-a, node-b, node-c' },
  { what: 'no node at all', args: ['compile'], input: '', says: 'no node name is given' },
  {
    what: 'unknown flag',
    args: [...onNodeA, '--', '--masquerade-al'],
    says: 'did you mean --masquerade-all?',
  },
  { what: 'invalid flag', args: [...onNodeA, '--', '--masquerade-all=perhaps'], says: '"perhaps"' },
  {
    what: 'invalid configuration',
    args: ['compile', '-n', 'n'],
    input: `${head}clusterCIDR: x\n`,
    says: '"x" is no CIDR',
  },
  {
    what: 'nftables in 1.30',
    args: [...onNodeA, '--release=1.30', '--mode=nftables'],
    says: 'release 1.30 has another layout',
  },
  {
    what: 'primary in 1.30',
    args: [...onNodeA, '--release=1.30', '--', '--nodeport-addresses=primary'],
    says: 'in release 1.30',
  },
  {
    what: 'invalid configuration for config',
    args: ['config'],
    input: `${head}mode: fast\n`,
    says: 'the configuration is invalid',
  },
];

test.for(refused.flatMap((one) => [one, { ...one, what: `${one.what}, --json`, json: true }]))(
  '$what: exit 2, the reason, and nothing on standard output',
  async ({ args, says, input, ...more }) => {
    const folder = await temporaryFolder({ file: '', 'ipv4.iptables/x': '' });
    const json = 'json' in more && args.length > 0 ? ['--json'] : [];
    const words = args.map((arg) => arg.replace('FOLDER', folder));
    const line = [...words.slice(0, 1), ...json, ...words.slice(1)];
    const { status, out, error } = await runCommand(line, input === undefined ? {} : { input });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(error).toContain(says);
    expect(error).not.toMatch(/^ +at /m);
  },
);

test('all reasons to refuse are shown, even among many other errors', async () => {
  const broken = Array.from(
    { length: 40 },
    (_, index) => `---\napiVersion: v1\nkind: Service\nmetadata: {name: A_${index}}\n`,
  );
  const input = `${clusterText(web)}\n${broken.join('')}`;
  const flags = [
    '--iptables-masquerade-bit=77',
    '--cluster-cidr=x',
    '--proxy-mode=nftables',
    '--no-flag',
  ];
  const args = ['compile', '-n', 'node-x', '--release', '1.30', '--', ...flags];
  const { status, out, error } = await runCommand(args, { input });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  for (const reason of ['77', '"x" is no CIDR', '"--no-flag"', 'Node "node-x"', 'Mode nftables']) {
    expect(error).toContain(reason);
  }
});

const nothingWrong = { input: clusterText(web) };

test('0: nothing wrong', async () => {
  expect(await runCommand(['compile'], nothingWrong)).toMatchObject({ status: 0 });
});

test('1: something was left out, and the rest is printed', async () => {
  const input = `${clusterText(web)}\n---\na: [\n`;
  const { status, out } = await runCommand(['compile'], { input });
  expect(status).toBe(1);
  expect(out).toBe((await runCommand(['compile'], nothingWrong)).out);
});

test('1: something differs', async () => {
  const folder = join(await temporaryFolder(), 'none');
  const { status, out } = await runCommand(['compile', '--check', folder], nothingWrong);
  expect(status).toBe(1);
  expect(out).toContain('ipv4.iptables is missing');
});
