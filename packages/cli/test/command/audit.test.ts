import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusterText, shop, shopDump, web } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand, type Outcome } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { withoutColor } from '../support/without-color.ts';

const ofShop = ['audit', shop, '--node', 'node-a', '--live', shopDump];

/** A folder with the cluster and what its node has, changed or not. */
async function nodeFolder(change = (text: string): string => text): Promise<string> {
  const folder = await temporaryFolder({ 'cluster.json': clusterText(web) });
  const dump = join(folder, 'dump');
  const cluster = join(folder, 'cluster.json');
  const { status } = await runCommand(['compile', cluster, '--form', 'save', '-o', dump]);
  expect(status).toBe(0);
  const files: Record<string, string> = { 'cluster.json': clusterText(web) };
  for (const family of ['ipv4', 'ipv6']) {
    const text = await readFile(join(dump, `${family}.iptables`), 'utf8');
    files[`dump/${family}.iptables-save`] = family === 'ipv4' ? change(text) : text;
  }
  return temporaryFolder(files);
}

async function auditIn(folder: string, ...more: readonly string[]): Promise<Outcome> {
  const args = ['audit', join(folder, 'cluster.json'), '--live', join(folder, 'dump'), ...more];
  const { out, error, status } = await runCommand(args);
  return { status, out: out.replaceAll(folder, ''), error: error.replaceAll(folder, '') };
}

test('the example: what is wrong, where, whose', async () => {
  const { status, out, error } = await runCommand(ofShop);
  expect({ status, error }).toEqual({ status: 1, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath('audit-shop.txt'));
});

test('the example as JSON', async () => {
  const { status, out, error } = await runCommand([...ofShop, '--json']);
  expect({ status, error }).toEqual({ status: 1, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath('audit-shop.json'));
});

test('in colour nothing but colour is added', async () => {
  const { out } = await runCommand([...ofShop, '--color', 'always']);
  await expect(JSON.stringify(out.split('\n').slice(0, 5), null, 1)).toMatchFileSnapshot(
    goldenPath('audit-color.txt'),
  );
  expect(withoutColor(out)).toBe((await runCommand(ofShop)).out);
});

test('a whole node: exit 0', async () => {
  const { status, out, error } = await auditIn(await nodeFolder());
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath('audit-whole.txt'));
});

test('leftovers and rules of others are counted, and the node is whole', async () => {
  const folder = await nodeFolder((text) =>
    text.replace(
      /COMMIT\n$/,
      ':KUBE-SEP-AAAAAAAAAAAAAAAA - [0:0]\n-A KUBE-SEP-AAAAAAAAAAAAAAAA -j KUBE-MARK-MASQ\n-A POSTROUTING -s 10.9.0.0/16 -j MASQUERADE\nCOMMIT\n',
    ),
  );
  const { status, out } = await auditIn(folder);
  expect(status).toBe(0);
  await expect(out).toMatchFileSnapshot(goldenPath('audit-harmless.txt'));
});

test('a part that was not dumped is told', async () => {
  const folder = await nodeFolder();
  const args = ['audit', join(folder, 'cluster.json'), '--live'];
  const half = await runCommand([...args, join(folder, 'dump/ipv4.iptables-save')]);
  expect(half.status).toBe(0);
  expect(half.out).toContain('~ no dump of iptables IPv6: not compared\n');
  const wrong = await runCommand([...args, join(folder, 'dump/ipv6.iptables-save')]);
  expect(wrong.status).toBe(1);
  expect(wrong.out).toMatch(/^node-a is not known to be whole: nothing wrong in what was dumped/);
});

test('dumps from standard input, and the snapshot', async () => {
  const folder = await nodeFolder();
  const cluster = join(folder, 'cluster.json');
  const input = await readFile(join(folder, 'dump/ipv4.iptables-save'), 'utf8');
  const live = await runCommand(['audit', cluster, '--live', '-'], { input });
  expect(live).toMatchObject({ status: 0, error: '' });
  const dump = join(folder, 'dump');
  const piped = await runCommand(['audit', '--live', dump], { input: clusterText(web) });
  expect(piped).toMatchObject({ status: 0, error: '' });
});

test('fifty findings are shown, and how many more there are', async () => {
  const rules = Array.from(
    { length: 60 },
    (_, index) => `-A KUBE-SERVICES -d 10.9.0.${index}/32 -j DROP\n`,
  );
  const folder = await nodeFolder((text) => text.replace(/COMMIT\n$/, `${rules.join('')}COMMIT\n`));
  const { status, out } = await auditIn(folder);
  expect(status).toBe(1);
  expect(out.match(/^! /gm)).toHaveLength(50);
  expect(out).toContain('... and 10 more (--json lists all)\n');
});

test('a dump with a line that cannot be read: exit 1, and the line', async () => {
  const folder = await nodeFolder((text) => text.replace('*nat\n', '*nat\nhello\n'));
  const { status, error } = await auditIn(folder);
  expect(status).toBe(1);
  expect(error).toMatch(/^\/dump\/ipv4\.iptables-save:\d+:1: error DUMP_SYNTAX: /);
});

test('the wrong command gave the dump: exit 1, and the right one', async () => {
  const folder = await temporaryFolder({
    'cluster.json': clusterText(web),
    'dump/ipv4.iptables-save':
      'Chain INPUT (policy ACCEPT)\ntarget     prot opt source               destination\n',
  });
  const { status, error, out } = await auditIn(folder);
  expect(status).toBe(1);
  expect(error).toMatch(/DUMP_UNSUPPORTED: .*iptables-save/);
  expect(out).toMatch(/^node-a is not known to be whole/);
});

test.for([
  {
    args: ['audit', shop, '-n', 'node-a'],
    error: "error: required option '--live <file>' not specified\n",
  },
  {
    args: ['audit', shop, '-n', 'node-a', '--live', 'no-such-file'],
    error: 'kube-rules: cannot read no-such-file: there is no such file\n',
  },
  {
    args: ['audit', '--live', '-'],
    error: 'kube-rules: the snapshot and --live cannot both be standard input; name a file\n',
  },
  {
    args: ['audit', '-', '--live', '-'],
    error: 'kube-rules: the snapshot and --live cannot both be standard input; name a file\n',
  },
  {
    args: ['audit', shop, '--live', shopDump],
    error:
      'error NODE_AMBIGUOUS: Rules are made for one node; choose one of node-a, node-b, node-c.\nkube-rules: nothing was compared; name the node with --node\n',
  },
  {
    args: ['audit', shop, '--live', shopDump, '--mode', 'best'],
    error:
      "error: option '-m, --mode <mode>' argument 'best' is invalid. Allowed choices are iptables, ipvs, userspace, nftables.\n",
  },
])('$args: exit 2 and why', async ({ args, error }) => {
  expect(await runCommand(args, { input: '' })).toEqual({ status: 2, out: '', error });
});

test('an empty folder holds no dump', async () => {
  const folder = await temporaryFolder();
  const args = ['audit', shop, '-n', 'node-a', '--live', folder];
  expect(await runCommand(args)).toEqual({
    status: 2,
    out: '',
    error: `kube-rules: ${folder} holds no file\n`,
  });
});
