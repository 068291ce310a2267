import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shop } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand, type Outcome } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { withoutColor } from '../support/without-color.ts';

test.for([
  { args: [], golden: 'lint-shop.txt' },
  { args: ['--mode', 'ipvs'], golden: 'lint-ipvs.txt' },
  { args: ['--node', 'node-b', '--mode', 'nftables'], golden: 'lint-node.txt' },
  { args: ['--json'], golden: 'lint-shop.json' },
  { args: ['--sarif'], golden: 'lint-shop.sarif' },
] as const)('the example with $args', async ({ args, golden }) => {
  const { status, out, error } = await runCommand(['lint', shop, ...args]);
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath(golden));
});

test('in colour nothing but colour is added', async () => {
  const { out } = await runCommand(['lint', shop, '--color', 'always']);
  await expect(JSON.stringify(out.split('\n').slice(0, 3), null, 1)).toMatchFileSnapshot(
    goldenPath('lint-color.txt'),
  );
  expect(withoutColor(out)).toBe((await runCommand(['lint', shop])).out);
});

const head = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clusterCIDR: 10.244.0.0/16
`;

function serviceText(fields: string, annotations = '{}'): string {
  return `---
apiVersion: v1
kind: Service
metadata: {name: web, annotations: ${annotations}}
spec: {clusterIP: 10.96.0.1, ports: [{port: 80}], ${fields}}
`;
}

async function lintText(text: string, ...args: readonly string[]): Promise<Outcome> {
  return runCommand(['lint', ...args], { input: text });
}

test('nothing found: exit 0', async () => {
  expect(await lintText(`${head}mode: nftables\n`, '--mode', 'iptables')).toEqual({
    status: 0,
    error: '',
    out: 'nothing found: 0 services, 0 nodes, iptables mode\n',
  });
});

test('an error: exit 1', async () => {
  const { status, out } = await lintText(
    `${head}mode: iptables\n${serviceText('externalIPs: [x]')}`,
  );
  expect({ status, first: out.split('\n')[0] }).toEqual({
    status: 1,
    first: '1 error: 1 service, 0 nodes, iptables mode',
  });
});

test('warnings: as many as are allowed', async () => {
  const text = `${head}mode: iptables\n${serviceText('externalIPs: [192.0.2.7]')}`;
  for (const [args, status] of [
    [[], 0],
    [['--max-warnings', '1'], 0],
    [['--max-warnings', '0'], 1],
  ] as const)
    expect((await lintText(text, ...args)).status).toBe(status);
});

test('infos are never too many', async () => {
  const { status, out } = await lintText(head, '--max-warnings', '0');
  expect(out).toMatch(/^1 info: .*\n\ninfo MODE_DEFAULTED: /);
  expect(status).toBe(0);
});

test('an annotation leaves a code out', async () => {
  const annotations = "{kube-rules/ignore: 'EXTERNAL_IPS_DEPRECATED'}";
  const text = `${head}mode: iptables\n${serviceText('externalIPs: [192.0.2.7]', annotations)}`;
  const { status, out } = await lintText(text, '--max-warnings', '0');
  expect({ status, out }).toEqual({
    status: 0,
    out: 'nothing found: 1 service, 0 nodes, iptables mode\n',
  });
});

test('a hundred of one code are shown, and how many more there are; --json lists all', async () => {
  const services = Array.from({ length: 130 }, (_, index) =>
    serviceText('externalIPs: [192.0.2.7]')
      .replace('web', `web-${index}`)
      .replace('10.96.0.1', `10.96.0.${index + 1}`)
      .replace('{port: 80}', `{port: ${index + 1}}`),
  );
  const text = `${head}mode: iptables\n${services.join('')}`;
  const { out } = await lintText(text);
  expect(out).toMatch(/^130 warnings: /);
  expect(out.match(/warning EXTERNAL_IPS_DEPRECATED: spec/g)).toHaveLength(100);
  expect(out).toContain('30 more problems of this kind are not shown.');
  const { out: json } = await lintText(text, '--json');
  expect(JSON.parse(json)).toMatchObject({ kind: 'Lint', mode: 'iptables' });
  expect(json.match(/"code": "EXTERNAL_IPS_DEPRECATED"/g)).toHaveLength(130);
});

test('a file of a folder, and a place in it', async () => {
  const folder = await temporaryFolder({
    'a.yaml': `${head}mode: iptables\n`,
    'b.yaml': serviceText('externalIPs: [192.0.2.7]').slice(4),
  });
  const { out } = await runCommand(['lint', folder]);
  expect(out).toContain(`${join(folder, 'b.yaml')}:4:64: warning EXTERNAL_IPS_DEPRECATED: `);
});

test.for([
  {
    args: ['lint', shop, '--max-warnings', 'many'],
    says: "argument 'many' is invalid. It is no number.",
  },
  { args: ['lint', shop, '--max-warnings', '-1'], says: 'is invalid. It is no number.' },
  {
    args: ['lint', shop, '--json', '--sarif'],
    says: "'--sarif' cannot be used with option '--json'",
  },
  { args: ['lint', shop, '--node', 'node-d'], says: 'nothing was linted' },
  { args: ['lint', shop, '--', '--no-such-flag'], says: 'FLAG_UNKNOWN' },
  { args: ['lint', 'none.yaml'], says: 'there is no such file' },
])('$args: exit 2 and why', async ({ args, says }) => {
  const { status, out, error } = await runCommand(args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain(says);
});
