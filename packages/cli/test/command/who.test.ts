import { expect, test } from 'vitest';
import { clusterText, shop, shopDump, web } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';

const ofShop = [shop, '--node', 'node-a'];

test('an address, with the rules of a dump that have it', async () => {
  const args = ['who', '10.244.1.11:8080', ...ofShop, '--live', shopDump];
  const { status, out, error } = await runCommand(args);
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath('who-address.txt'));
});

test('a chain', async () => {
  const { status, out, error } = await runCommand(['who', 'KUBE-SVC-I6F7J7E256H6PY43', ...ofShop]);
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath('who-chain.txt'));
  const json = await runCommand(['who', 'KUBE-SVC-I6F7J7E256H6PY43', ...ofShop, '--json']);
  await expect(json.out).toMatchFileSnapshot(goldenPath('who-chain.json'));
});

const rule = '-A KUBE-SEP-LGOUEZKGX3CKGZUX -p tcp -m tcp -j DNAT --to-destination 10.244.2.6:8080';

test.for([
  {
    query: '10.96.0.10',
    first:
      '10.96.0.10: kube-system/kube-dns:dns; kube-system/kube-dns:dns-tcp; kube-system/kube-dns:metrics',
  },
  {
    query: 'KUBE-SERVICES',
    first:
      'KUBE-SERVICES: on every node; where every new connection looks for the Service that it is for',
  },
  { query: `[0:0] ${rule}`, first: 'this rule: prod/web:http, endpoint 10.244.2.6:8080' },
  {
    query: '-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP',
    first: 'this rule: on every node; invalid packets',
  },
])('$query has an owner: exit 0', async ({ query, first }) => {
  const { status, out } = await runCommand(['who', query, ...ofShop]);
  expect({ status, first: out.split('\n')[0] }).toEqual({ status: 0, first });
});

test('what nobody has: exit 1', async () => {
  for (const query of ['nothing', '10.9.9.9', ':1', '!!', '']) {
    const { status, out, error } = await runCommand(['who', query, ...ofShop]);
    expect({ status, error }).toEqual({ status: 1, error: '' });
    expect(out).toMatch(
      /: nobody's; no Service, endpoint or Node of the snapshot, and no rule, has it\n$/,
    );
  }
});

test('a chain of a former Service in a dump', async () => {
  const { status, out } = await runCommand([
    'who',
    'KUBE-SVC-YQUVX7ZFPKX2QPUR',
    ...ofShop,
    '--live',
    shopDump,
  ]);
  expect(status).toBe(0);
  expect(out).toMatch(/^KUBE-SVC-YQUVX7ZFPKX2QPUR: prod\/old:http/);
});

test('standard input is read once, for the snapshot', async () => {
  const { status, out } = await runCommand(['who', '10.96.0.0'], { input: clusterText(web) });
  expect(status).toBe(0);
  expect(out).toMatch(/^10\.96\.0\.0: prod\/web:http\n/);
});

test.for([
  {
    args: ['who', ':1', '--live', '-'],
    error: 'kube-rules: the snapshot and --live cannot both be standard input; name a file\n',
  },
  { args: ['who'], error: "error: missing required argument 'query'\n" },
  {
    args: ['who', ':1', shop],
    error:
      'error NODE_AMBIGUOUS: Rules are made for one node; choose one of node-a, node-b, node-c.\nkube-rules: nothing was looked up; name the node with --node\n',
  },
  {
    args: ['who', ':1', shop, '-n', 'node-a', '--live', 'no-such-file'],
    error: 'kube-rules: cannot read no-such-file: there is no such file\n',
  },
])('$args: exit 2 and why', async ({ args, error }) => {
  expect(await runCommand(args, { input: '' })).toEqual({ status: 2, out: '', error });
});
