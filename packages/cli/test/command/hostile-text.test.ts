import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clusterText, web } from '../support/cluster.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const hostile = '\u001b[31m\u009b1m\u202e\u0007\r';
const quoted = JSON.stringify(hostile);
const key = JSON.stringify(`${hostile}\nmode: ipvs`);

const texts = {
  name: `apiVersion: v1\nkind: Service\nmetadata: {name: ${quoted}, namespace: ${quoted}}\nspec: {clusterIP: ${quoted}, ports: [{name: ${quoted}, port: ${quoted}}]}\n`,
  kind: `apiVersion: ${quoted}\nkind: ${quoted}\nmetadata: {name: ${quoted}}\n`,
  'raw text': `a: ${hostile}\n  b: [\n`,
  'node and labels': `apiVersion: v1\nkind: Node\nmetadata: {name: ${quoted}, labels: {${quoted}: ${quoted}}}\n`,
  'node state': `apiVersion: kube-rules/v1alpha1\nkind: NodeState\nnodeName: node-a\n${key}: 1\ninterfaces: [{name: ${quoted}, addresses: [${quoted}]}]\n`,
  configuration: `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n${key}: 1\nfeatureGates: {${key}: true}\nhostnameOverride: ${quoted}\nlogging: {${key}: ${quoted}}\n`,
  'invalid configuration': `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ${quoted}\nclusterCIDR: ${quoted}\nnodePortAddresses: [${quoted}]\n`,
};
const commands = [
  ['compile', '-n', 'node-a'],
  ['compile'],
  ['compile', '--json'],
  ['config'],
  ['config', '--json'],
  ['lint'],
  ['lint', '--json'],
  ['lint', '--sarif'],
  ['explain', 'prod/web', '-n', 'node-a'],
  ['explain', 'prod/web', '-n', 'node-a', '--json'],
];

test.for(
  Object.entries(texts).flatMap(([what, text]) => commands.map((args) => ({ what, text, args }))),
)('hostile $what, $args: nothing acts on a terminal', async ({ text, args }) => {
  const name = `${hostile}\n.yaml`;
  const folder = await temporaryFolder({ [name]: text, 'good.json': clusterText(web) });
  const { status, out, error } = await runCommand([...args, folder]);
  expect(out + error).not.toMatch(/[^\P{C}\n]/u);
  expect(status === 2).toBe(out === '');
});

test.for([
  ['compile', `${hostile}.yaml`],
  ['compile', `--${hostile}`],
  [hostile],
  ['compile', '-', '--node', hostile],
  ['compile', '-', '--only', hostile],
  ['compile', '-', '--', `--${hostile}`],
  ['compile', '-', '--form', hostile],
])('hostile arguments %#: nothing acts on a terminal', async (args) => {
  const { status, out, error } = await runCommand(args, { input: clusterText(web) });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).not.toMatch(/[^\P{C}\n]/u);
});

test('hostile golden files: nothing acts on a terminal', async () => {
  const folder = await temporaryFolder({
    'ipv4.iptables': `*nat\n${hostile}\n-A X -m comment --comment "a/b -> ${hostile}"\n`,
  });
  const input = clusterText(web);
  const { status, out } = await runCommand(['compile', '--check', folder], { input });
  expect(status).toBe(1);
  expect(out).not.toMatch(/[^\P{C}\n]/u);
  const odd = join(folder, hostile);
  const written = await runCommand(['compile', '-o', odd], { input });
  expect(written.error).not.toMatch(/[^\P{C}\n]/u);
});

const hostileDumps = {
  'ipv4.iptables-save': `*nat\n:KUBE-SERVICES - [0:0]\n-A KUBE-SERVICES -m comment --comment "${hostile}" -j X${hostile}\n${hostile}\nCOMMIT\n`,
  'ipset-save': `create ${hostile} hash:ip\nadd KUBE-IPVS-IPS ${hostile}\n`,
  'nft-list': `table ip kube-proxy {\n\tchain services {\n\t\tcomment "${hostile}"\n\t\tjump ${hostile}\n\t}\n}\n`,
  'nft-list.json': JSON.stringify({
    nftables: [
      { table: { family: 'ip', name: 'kube-proxy' } },
      { chain: { family: 'ip', table: 'kube-proxy', name: `${hostile}\n! all is well` } },
    ],
  }),
  'ip-addr.json': JSON.stringify([
    { ifname: 'kube-ipvs0', addr_info: [{ family: 'inet', local: hostile }] },
  ]),
  [`${hostile}.txt`]: hostile,
};

test.for(
  Object.entries(hostileDumps).flatMap(([file, text]) =>
    ['iptables', 'ipvs', 'nftables'].map((mode) => ({ file, text, mode })),
  ),
)('hostile dump $file, $mode mode: nothing acts on a terminal', async ({ file, text, mode }) => {
  const folder = await temporaryFolder({
    [`dump/${file}`]: text,
    'cluster.json': clusterText(web),
  });
  const [cluster, dump] = [join(folder, 'cluster.json'), join(folder, 'dump')];
  for (const args of [
    ['audit', cluster, '--live', dump, '-m', mode],
    ['audit', cluster, '--live', dump, '-m', mode, '--json'],
    ['diff', cluster, dump, '-m', mode],
    ['diff', dump, cluster, '-m', mode, '--json'],
    ['who', 'KUBE-SERVICES', cluster, '--live', dump, '-m', mode],
    ['who', hostile, cluster, '--live', dump, '-m', mode],
  ]) {
    const { status, out, error } = await runCommand(args);
    expect(out + error).not.toMatch(/[^\P{C}\n]/u);
    expect([0, 1]).toContain(status);
    expect(out + error).not.toContain('defect of kube-rules');
  }
});
