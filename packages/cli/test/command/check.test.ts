import { forms } from '@kube-rules/core';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusterText, largeCluster, web, type Cluster } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand, type Outcome } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const order = ['prod/web', 'prod/cart', 'preprod/web'];
const { 'prod/web': webEndpoints = [], 'prod/cart': cartEndpoints = [] } = web;

async function compileTo(cluster: Cluster, form = 'restore'): Promise<string> {
  const folder = await temporaryFolder();
  const args = ['compile', '-o', folder, '--form', form];
  const { status } = await runCommand(args, {
    input: clusterText(cluster, [...order, ...Object.keys(cluster)]),
  });
  expect(status).toBe(0);
  return folder;
}

/** The outcome of a check, with the folder called `golden`. */
async function check(folder: string, cluster: Cluster, ...more: string[]): Promise<Outcome> {
  const args = ['compile', '--check', folder, ...more];
  const outcome = await runCommand(args, {
    input: clusterText(cluster, [...order, ...Object.keys(cluster)]),
  });
  return { ...outcome, out: outcome.out.replaceAll(folder, 'golden') };
}

test('the same documents: exit 0', async () => {
  const { status, out } = await check(await compileTo(web), web);
  expect(status).toBe(0);
  await expect(out).toMatchFileSnapshot(goldenPath('check-same.txt'));
});

const changes = [
  {
    what: 'changed endpoint',
    to: { ...web, 'prod/web': ['10.244.1.5', '10.244.2.9'] },
    golden: 'check-changed.txt',
    names:
      '~ prod/web:http: endpoint 10.244.2.9:8080 [node-b] is new, endpoint 10.244.2.6:8080 is gone',
  },
  {
    what: 'new Service',
    to: { ...web, 'preprod/web': ['10.244.1.8'] },
    golden: 'check-new.txt',
    names: '+ preprod/web:http is new',
  },
  {
    what: 'gone Service',
    to: { 'prod/web': webEndpoints },
    golden: 'check-gone.txt',
    names: '- prod/cart:http is gone',
  },
] as const;

test.for(changes)('a $what: exit 1, and what changed', async ({ to, golden }) => {
  const { status, out } = await check(await compileTo(web), to);
  expect(status).toBe(1);
  await expect(out).toMatchFileSnapshot(goldenPath(golden));
});

test.for(changes.flatMap((change) => forms.map((form) => ({ ...change, form }))))(
  'a $what in form $form names its Service',
  async ({ to, form, names }) => {
    const { status, out } = await check(await compileTo(web, form), to, '--form', form);
    expect(status).toBe(1);
    expect(out).toContain(`golden/ipv4.iptables differs: 1 service port changed`);
    expect(out).toContain(`  ${names}\n`);
  },
);

test.for(changes)('a $what in mode nftables: its Service is named as that', async (change) => {
  const folder = await temporaryFolder();
  const mode = ['--mode', 'nftables'];
  const input = clusterText(web, order);
  expect(await runCommand(['compile', '-o', folder, ...mode], { input })).toMatchObject({
    status: 0,
  });
  expect(await check(folder, web, ...mode)).toMatchObject({ status: 0 });
  const { status, out } = await check(folder, change.to, ...mode);
  expect(status).toBe(1);
  expect(out).toContain('golden/ipv4.nft differs: 1 service port changed');
  expect(out).toContain(`\n  ${change.names.replace(/: endpoint .*/, '')}\n`);
});

test('in the fast layout a new endpoint is named with its Service', async () => {
  const folder = await temporaryFolder();
  const mode = ['--mode', 'nftables', '--layout', 'fast'];
  await runCommand(['compile', '-o', folder, ...mode], { input: clusterText(web, order) });
  expect(await check(folder, web, ...mode)).toMatchObject({ status: 0 });
  const more = { ...web, 'prod/web': [...webEndpoints, '10.244.2.99'] };
  const { status, out } = await check(folder, more, ...mode);
  expect(status).toBe(1);
  expect(out).toContain('golden/ipv4.nft differs: 1 service port changed');
  expect(out).toMatch(/prod\/web:http: endpoint 10\.244\.2\.99:8080 \[node-b\] is new\n/);
});

test.for(forms)('a missing line of a chain names its Service in form %s', async (form) => {
  const folder = await compileTo(web, form);
  const file = join(folder, 'ipv4.iptables');
  const lines = (await readFile(file, 'utf8')).split('\n');
  const chains = lines.filter((line) => line.startsWith(':KUBE-SVC-'));
  expect(chains).toHaveLength(2);
  await writeFile(file, lines.filter((line) => line !== chains[0]).join('\n'));
  const { status, out } = await check(folder, web, '--form', form);
  expect(status).toBe(1);
  expect(out).toContain('~ prod/cart:http\n');
  expect(out).toContain(`# prod/cart:http\n+${chains[0]}\n`);
});

test.for(forms)('a line of a chain too much names its Service in form %s', async (form) => {
  const folder = await compileTo(web, form);
  const { status, out } = await check(folder, { 'prod/web': webEndpoints }, '--form', form);
  expect(status).toBe(1);
  expect(out).toMatch(/# prod\/cart:http\n-:KUBE-SVC-/);
  expect(out).toMatch(/# prod\/cart:http, endpoint 10\.244\.1\.7:8080\n-:KUBE-SEP-/);
});

test('missing golden files: exit 1, and which', async () => {
  const { status, out } = await check(await temporaryFolder(), web);
  expect(status).toBe(1);
  await expect(out).toMatchFileSnapshot(goldenPath('check-missing.txt'));
});

test('very different documents name the Services instead of lines', async () => {
  const folder = await compileTo(largeCluster(400, 10));
  const { status, out } = await check(folder, largeCluster(400, 20));
  expect(status).toBe(1);
  expect(out).toContain('golden/ipv4.iptables differs: 400 service ports changed');
  expect(out).toContain(
    '  ~ prod/s0:http: endpoint 10.21.0.0:8080 [node-b] is new, endpoint 10.22.0.0:8080 [node-b] is new, endpoint 10.11.0.0:8080 is gone, endpoint 10.12.0.0:8080 is gone\n',
  );
  expect(out).toContain('... and 350 more (--json lists all)\ntoo different to be compared');
});

test('--only compares that document alone', async () => {
  const folder = await compileTo(web);
  const smaller = { 'prod/cart': cartEndpoints };
  expect(await check(folder, smaller, '--only', 'ipv4.iptables')).toMatchObject({ status: 1 });
  expect(await check(folder, smaller, '--only', 'ipv4.jumps')).toMatchObject({
    status: 0,
    out: 'golden: 1 document as compiled\n',
  });
});

test('--json gives the comparison with all its lines and owners', async () => {
  const folder = await compileTo(web);
  const { status, out } = await check(folder, changes[0].to, '--json');
  expect(status).toBe(1);
  const { files, check: result } = JSON.parse(out) as { files?: unknown; check: unknown };
  expect(files).toBeUndefined();
  expect(result).toMatchObject({
    folder: 'golden',
    compared: 6,
    differences: [
      {
        kind: 'changed',
        file: 'golden/ipv4.iptables',
        services: [
          {
            servicePort: 'prod/web:http',
            kind: 'changed',
            newEndpoints: ['10.244.2.9:8080 [node-b]'],
            goneEndpoints: ['10.244.2.6:8080'],
          },
        ],
      },
    ],
  });
});

test('colours on request: added green, removed red', async () => {
  const { out } = await check(await compileTo(web), changes[0].to, '--color', 'always');
  await expect(out).toMatchFileSnapshot(goldenPath('check-color.txt'));
  const escape = String.fromCodePoint(27);
  expect(out).toContain(`${escape}[32m+`);
  expect(out).toContain(`${escape}[31m-`);
});
