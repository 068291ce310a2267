import { expect, test } from 'vitest';
import { shop, shopDump } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';
import { withoutColor } from '../support/without-color.ts';

const pod = ['--from', '10.244.1.5'];
const outside = ['-n', 'node-a', '--from', 'external:198.51.100.9'];

test.for([
  { args: [shop, ...pod, '--to', '10.96.14.20:80'], golden: 'trace-shop.txt', exit: 0 },
  { args: [shop, ...pod, '--to', '10.96.14.20:80', '--json'], golden: 'trace-shop.json', exit: 0 },
  {
    args: [shop, ...pod, '--to', 'kube-dns:dns', '-m', 'ipvs'],
    golden: 'trace-ipvs.txt',
    exit: 0,
  },
  {
    args: [shop, ...pod, '--to', 'prod/web:80', '-m', 'nftables', '--layout', 'fast'],
    golden: 'trace-fast.txt',
    exit: 0,
  },
  {
    args: [shop, ...outside, '--to', '192.0.2.11:30883'],
    golden: 'trace-dropped.txt',
    exit: 1,
  },
  {
    args: [shop, ...pod, '--to', 'prod/search', '-m', 'nftables'],
    golden: 'trace-rejected.txt',
    exit: 1,
  },
  {
    args: [shop, '--live', shopDump, ...pod, '--to', 'prod/web:http'],
    golden: 'trace-missed.txt',
    exit: 1,
  },
  {
    args: [shop, '-n', 'node-a', '--live', shopDump, '--from', 'node', '--to', 'prod/web:http'],
    golden: 'trace-live.txt',
    exit: 0,
  },
  {
    args: [shop, ...pod, '--to', 'prod/web:http', '--graph', 'mermaid'],
    golden: 'trace-shop.mermaid',
    exit: 0,
  },
  {
    args: [shop, ...pod, '--to', 'prod/web:http', '-m', 'nftables', '--graph', 'dot'],
    golden: 'trace-shop.dot',
    exit: 0,
  },
] as const)('the example with $args', async ({ args, golden, exit }) => {
  const { status, out, error } = await runCommand(['trace', ...args]);
  expect({ status, error }).toEqual({ status: exit, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath(golden));
});

test('in JSON the outcomes are by destination, and their probabilities are 1 together', async () => {
  const { out } = await runCommand(['trace', shop, ...pod, '--to', 'prod/web:http', '--json']);
  const { apiVersion, kind, outcomes } = JSON.parse(out);
  expect({ apiVersion, kind }).toEqual({ apiVersion: 'kube-rules/v1alpha1', kind: 'Trace' });
  const fields = outcomes.map(
    ({ verdict, destination, source, masqueraded }: Readonly<Record<string, unknown>>) => [
      verdict,
      destination,
      source,
      masqueraded,
    ],
  );
  expect(fields).toEqual([
    ['delivered', '10.244.1.5:8080', '192.0.2.11', true],
    ['delivered', '10.244.2.6:8080', '10.244.1.5', false],
    ['delivered', '10.244.3.7:8080', '10.244.1.5', false],
  ]);
  const sum = outcomes.reduce(
    (total: number, { probability }: { readonly probability: number }) => total + probability,
    0,
  );
  expect(sum).toBeCloseTo(1, 12);
});

test('the node is that of the pod, and another one is warned of', async () => {
  const args = ['trace', shop, '--from', '10.244.2.99', '--to', '10.96.14.20:80'];
  const home = await runCommand(args);
  expect(home.out).toContain(
    '\ntcp from 10.244.2.99 to 10.96.14.20:80, on node-b, iptables mode\n',
  );
  const other = await runCommand([...args, '-n', 'node-a']);
  expect(other.out).toContain(', on node-a, iptables mode\n');
  expect(other.error).toBe(
    'kube-rules: 10.244.2.99 is a pod of node-b, whose rules its packets meet first (--node node-b); these are those of node-a\n',
  );
});

test('in colour nothing but colour is added', async () => {
  const args = ['trace', shop, ...pod, '--to', 'prod/search'];
  const { out } = await runCommand([...args, '--color', 'always']);
  expect(out.startsWith('\u001b[31malways rejected with icmp-port-unreachable: ')).toBe(true);
  expect(withoutColor(out)).toBe((await runCommand(args)).out);
});

test('a wrong port of a Service is not called fine', async () => {
  const { status, out } = await runCommand(['trace', shop, ...pod, '--to', '10.96.14.20:81']);
  expect(status).toBe(1);
  expect(out.split('\n')[0]).toBe(
    'always sent on to 10.96.14.20:81 as it is, not by a Service, source kept; no rule takes it, though 10.96.14.20 is an address of prod/web',
  );
});

test('without the node its address is not known, and the way on is told', async () => {
  const args = ['trace', '--live', shopDump, '--from', 'node', '--to', '10.96.14.20:80'];
  const { status, out } = await runCommand(args);
  expect(status).toBe(1);
  expect(out).toBe(
    "always not known: the node's own address in this family (name a snapshot, or have ip -json addr among the dumps)\n\n" +
      `tcp from the node itself to 10.96.14.20:80, rules of ${shopDump}\n`,
  );
});

test('an unknown match decides: unknown, exit 1', async () => {
  const input = '*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -m strange -j DROP\nCOMMIT\n';
  const { status, out } = await runCommand(
    ['trace', '--live', '-', '--from', '10.244.1.5', '--to', '10.244.2.6:80'],
    { input },
  );
  expect(status).toBe(1);
  expect(out).toMatch(/^1 in 2 sent on to .*; 1 in 2 not known: .*strange/);
});

test.for([
  {
    args: [shop, '--from', 'nodes', '--to', '10.96.0.10:53'],
    says: '--from nodes: did you mean node?',
  },
  { args: [shop, ...pod, '--to', '10.96.14.20'], says: 'did you mean 10.96.14.20:80?' },
  {
    args: [shop, ...pod, '--to', 'prod/wev'],
    says: '--to prod/wev: the snapshot has no such Service; did you mean prod/web?',
  },
  {
    args: [shop, ...pod, '--to', '[fd00::1]:80'],
    says: '--from 10.244.1.5 is IPv4 and the target, fd00::1, IPv6; give two of one family',
  },
  {
    args: [shop, '--from', 'node', '--to', 'prod/web:http'],
    says: 'nothing was traced; name the node with --node',
  },
  {
    args: [shop, ...pod, '--to', 'prod/web:http', '--layout', 'fast'],
    says: '--layout is for mode nftables, and the mode is iptables',
  },
  {
    args: ['--live', shopDump, ...pod, '--to', '10.96.14.20:80', '--layout', 'fast'],
    says: '--layout is for rules of a snapshot; dumps have theirs',
  },
  {
    args: ['--live', shopDump, ...pod, '--to', 'prod/web:http'],
    says: 'a Service has its address in a snapshot',
  },
  {
    args: ['-', '--live', '-', ...pod, '--to', 'prod/web:http'],
    says: 'cannot both be standard input',
  },
  { args: [shop, ...pod], says: "required option '--to <target>' not specified" },
  {
    args: [shop, ...pod, '--to', 'prod/web:http', '--json', '--graph', 'dot'],
    says: "cannot be used with option '--json'",
  },
] as const)('$args: exit 2 and why', async ({ args, says }) => {
  const { status, out, error } = await runCommand(['trace', ...args]);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain(says);
});
