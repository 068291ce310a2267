import { expect, test } from 'vitest';
import { clusterText, shop, web } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test.for([
  { args: ['prod/web'], golden: 'graph-shop.mermaid' },
  {
    args: ['ingress-controller:https', '-m', 'nftables', '--format', 'dot'],
    golden: 'graph-nftables.dot',
  },
  { args: ['-m', 'ipvs', '--format', 'dot'], golden: 'graph-ipvs.dot' },
] as const)('the example with $args', async ({ args, golden }) => {
  const { status, out, error } = await runCommand(['graph', shop, ...args, '-n', 'node-a']);
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath(golden));
});

test('standard input, and all Services', async () => {
  const { status, out } = await runCommand(['graph', '-'], { input: clusterText(web) });
  expect(status).toBe(0);
  expect(out).toMatch(
    /^flowchart LR\n {2}n1\[\["prod\/cart:http"\]\]\n {2}n2\[\["prod\/web:http"\]\]\n/,
  );
  expect(out).not.toContain('KUBE-SEP-');
});

test('a file that is called like a Service is a file', async () => {
  const folder = await temporaryFolder({
    a: clusterText({ 'prod/web': [] }),
    web: clusterText(web),
  });
  const before = process.cwd();
  process.chdir(folder);
  try {
    const { status, out } = await runCommand(['graph', 'a', 'web']);
    expect(status).toBe(0);
    expect(out).toContain('"prod/cart:http"');
  } finally {
    process.chdir(before);
  }
});

test.for([
  {
    args: [shop, 'prod/wev', '-n', 'node-a'],
    says: 'the snapshot has no Service prod/wev; did you mean prod/web?',
  },
  { args: [shop, 'prod/web'], says: 'nothing was drawn; name the node with --node' },
  {
    args: [shop, 'prod/payments', '-n', 'node-a'],
    says: 'prod/payments is no Service that kube-proxy serves; there is nothing to draw',
  },
  { args: [], says: "missing required argument 'snapshot'" },
] as const)('$args: exit 2 and why', async ({ args, says }) => {
  const { status, out, error } = await runCommand(['graph', ...args]);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain(says);
});
