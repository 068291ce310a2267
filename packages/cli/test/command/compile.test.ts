import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSnapshot, compile, forms, releases, renderFiles } from '@kube-rules/core';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { clusterText, documentNames, shop, web } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const shopText = await readFile(shop, 'utf8');
const { snapshot } = parseSnapshot(shopText, { nodeName: 'node-a' });
const onNodeA = [shop, '--node', 'node-a'];

test('all documents go to standard output, each under its name', async () => {
  const { status, out, error } = await runCommand(['compile', ...onNodeA]);
  expect(status).toBe(0);
  expect([...out.matchAll(/^# (.*)$/gm)].map(([, name]) => name)).toEqual(documentNames);
  expect(out).toContain(renderFiles(compile(snapshot, 'iptables'))['ipv4.iptables']);
  await expect(error).toMatchFileSnapshot(goldenPath('compile-summary.txt'));
});

test.for(forms.flatMap((form) => releases.map((release) => ({ form, release }))))(
  '--only one document is that document raw: form $form, release $release',
  async ({ form, release }) => {
    const files = renderFiles(compile(snapshot, 'iptables', { release }), { form });
    const name = Object.keys(files)[0] ?? '';
    const args = ['--form', form, '--release', release, '--only', name];
    expect((await runCommand(['compile', ...onNodeA, ...args])).out).toBe(files[name]);
  },
);

test('--only may stand before the file, and more than once', async () => {
  const args = ['--only', 'ipv6.jumps', '--only', 'ipv4.sysctl', ...onNodeA];
  const { status, out } = await runCommand(['compile', ...args]);
  expect(status).toBe(0);
  expect(out).toMatch(/^# ipv4\.sysctl\n[^#]*\n# ipv6\.jumps\n[^#]*$/);
});

test('--release 1.30 gives what that release wrote', async () => {
  const { snapshot, recorded } = readFixture('both-hints-annotations');
  const name = 'ipv4.iptables';
  const args = ['--release', '1.30', '--mode', 'iptables', '--only', name];
  const { out } = await runCommand(['compile', ...args], { input: snapshot });
  expect(out).toBe(recorded('iptables', '1.30')?.[name]);
  expect(out).not.toBe(recorded('iptables', '1.36')?.[name]);
});

test('-o writes the documents into a folder, and nothing on standard output', async () => {
  const folder = join(await temporaryFolder(), 'rules');
  const { status, out, error } = await runCommand(['compile', ...onNodeA, '-o', folder]);
  expect({ status, out }).toEqual({ status: 0, out: '' });
  expect(error).toContain(`wrote ${folder}/${documentNames.join(' ')}\n`);
  const files = renderFiles(compile(snapshot, 'iptables'));
  const names = Object.keys(files);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  expect(Object.fromEntries(names.map((name, index) => [name, texts[index]]))).toEqual(files);
});

test('--json gives everything in one document', async () => {
  const { status, out } = await runCommand(['compile', ...onNodeA, '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    apiVersion: 'kube-rules/v1alpha1',
    kind: 'Compilation',
    nodeName: 'node-a',
    mode: 'iptables',
    release: '1.36',
    summary: { services: 16, servicePorts: 23, endpoints: 55 },
    diagnostics: [],
    files: renderFiles(compile(snapshot, 'iptables')),
  });
});

test.for(['node-b', 'NODE-C'])('--node %s chooses whose rules are made', async (node) => {
  const { out, error } = await runCommand(['compile', shop, '-n', node, '--only', 'ipv4.iptables']);
  const chosen = parseSnapshot(shopText, { nodeName: node }).snapshot;
  expect(out).toBe(renderFiles(compile(chosen, 'iptables'))['ipv4.iptables']);
  expect(error).toContain(`${node.toLowerCase()}, iptables mode`);
});

test('--mode wins over the configured one', async () => {
  const flags = ['--', '--proxy-mode=nftables'];
  const configured = await runCommand(['compile', ...onNodeA, ...flags]);
  expect(configured).toMatchObject({ status: 0 });
  expect(configured.error).toContain('node-a, nftables mode');
  const { status, error } = await runCommand(['compile', ...onNodeA, '-m', 'iptables', ...flags]);
  expect(status).toBe(0);
  expect(error).toContain('node-a, iptables mode');
});

test('--mode nftables gives a table of each family, and as a script one that replaces it', async () => {
  const files = renderFiles(compile(snapshot, 'nftables'));
  const { status, out, error } = await runCommand(['compile', ...onNodeA, '-m', 'nftables']);
  expect(status).toBe(0);
  expect([...out.matchAll(/^# (.*)$/gm)].map(([, name]) => name)).toEqual(Object.keys(files));
  expect(error).toMatch(/^node-a, nftables mode: .* -> \d+ elements, \d+ rules IPv4/m);
  const script = ['-m', 'nftables', '--form', 'script', '--only', 'ipv4.nft'];
  expect((await runCommand(['compile', ...onNodeA, ...script])).out).toBe(
    `add table ip kube-proxy\ndelete table ip kube-proxy\n${files['ipv4.nft']}`,
  );
});

test('--layout fast gives the tables of that layout', async () => {
  const files = renderFiles(compile(snapshot, 'nftables', { layout: 'fast' }));
  const args = ['compile', ...onNodeA, '--mode=nftables', '--layout=fast'];
  const { status, out, error } = await runCommand([...args, '--only=ipv4.nft']);
  expect({ status, out }).toEqual({ status: 0, out: files['ipv4.nft'] });
  expect(out).toContain('add chain ip kube-proxy dispatch-tcp-2\n');
  expect(error).toMatch(/^node-a, nftables mode in the fast layout: .* elements, /m);
  const recorded = await runCommand([...args.slice(0, -1), '--layout=kube-proxy']);
  expect(recorded.out).toContain(renderFiles(compile(snapshot, 'nftables'))['ipv4.nft']);
});

test.for(['fast', 'kube-proxy'])('--layout %s is for nftables only', async (layout) => {
  const { status, out, error } = await runCommand(['compile', ...onNodeA, `--layout=${layout}`]);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain('--layout is for mode nftables, and the mode is iptables');
});

test('kube-proxy’s own flags stand behind --', async () => {
  const flags = ['/usr/local/bin/kube-proxy', '--iptables-masquerade-bit=4', '--masquerade-all'];
  const { status, out } = await runCommand(['compile', ...onNodeA, '--', ...flags]);
  expect(status).toBe(0);
  expect(out).toContain('--or-mark 0x00000010');
});

test('several files, folders and standard input make one snapshot', async () => {
  const [node, ...others] = (JSON.parse(clusterText(web)) as { items: object[] }).items;
  const folder = await temporaryFolder({
    'node.json': JSON.stringify(node),
    'more/service.yaml': JSON.stringify(others[0]),
    'more/slice.json': JSON.stringify(others[1]),
  });
  const args = [join(folder, 'node.json'), '-', join(folder, 'more')];
  const input = others
    .slice(2)
    .map((one) => JSON.stringify(one))
    .join('\n---\n');
  const { status, out } = await runCommand(['compile', ...args], { input });
  const whole = await runCommand(['compile', '-'], { input: clusterText(web) });
  expect({ status, out }).toEqual({ status: 0, out: whole.out });
});

test('without a file standard input is read', async () => {
  const input = clusterText(web);
  const { status, out } = await runCommand(['compile'], { input });
  expect({ status, out }).toEqual({
    status: 0,
    out: (await runCommand(['compile', '-'], { input })).out,
  });
});

test('an error in the input: the rest is printed, exit 1', async () => {
  const broken = '\n---\napiVersion: v1\nkind: Service\nmetadata: {name: A_B, namespace: x}\n';
  const { status, out, error } = await runCommand(['compile'], {
    input: clusterText(web) + broken,
  });
  expect(status).toBe(1);
  expect(out).toContain('prod/web:http cluster IP');
  expect(error).toContain('<stdin>:5:18: error NAME_INVALID');
  expect(error).toMatch(/\n2 errors\n$/);
});

test('a warning alone is no finding: exit 0', async () => {
  const { status, error } = await runCommand(['compile', '-n', 'node-x'], { input: '' });
  expect(status).toBe(0);
  expect(error).toMatch(/\n2 warnings\n$/);
});

test('--mode userspace writes rules, jumps and listeners', async () => {
  const { status, out, error } = await runCommand(['compile', '--mode', 'userspace', ...onNodeA]);
  expect(status).toBe(0);
  expect([...out.matchAll(/^# (.*)$/gm)].map(([, name]) => name)).toEqual(
    ['ipv4', 'ipv6'].flatMap((family) =>
      ['iptables', 'jumps', 'listeners'].map((document) => `${family}.${document}`),
    ),
  );
  await expect(out).toMatchFileSnapshot(goldenPath('compile-userspace.txt'));
  await expect(error).toMatchFileSnapshot(goldenPath('compile-userspace-summary.txt'));
});

test('--check in userspace mode names the Service of a listener that changed', async () => {
  const folder = await temporaryFolder();
  const args = ['compile', '--mode', 'userspace'];
  await runCommand([...args, '-o', folder], { input: clusterText(web) });
  const to = { ...web, 'prod/web': ['10.244.1.5'] };
  expect((await runCommand([...args, '--check', folder], { input: clusterText(web) })).status).toBe(
    0,
  );
  const { status, out } = await runCommand([...args, '--check', folder], {
    input: clusterText(to),
  });
  expect(status).toBe(1);
  expect(out).toContain('ipv4.listeners');
  expect(out).toContain('~ prod/web:http');
});
