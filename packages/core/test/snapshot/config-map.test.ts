import { expect, test } from 'vitest';
import { positionAt } from '../../src/diagnostics/position.ts';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';
import type { ParsedSnapshot } from '../../src/snapshot/snapshot.ts';

/** As kubeadm writes it, with something wrong in each corner; the block begins in line 7. */
const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-proxy
  namespace: kube-system
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration

    mode: iptabels
    iptables:
      masqueradeBit: 32

      masqueradeAll: true
    nodePortAddresses:
    - 10.0.0.0/8
    - 10.0.0.1
    clusterCIDR: 10.244.0.0/16
  kubeconfig.conf: |
    apiVersion: v1
`;

function parse(text: string): ParsedSnapshot {
  return parseSnapshot(text, { nodeName: 'node-a', file: 'cm.yaml' });
}

/** `line:column CODE path "text"` of each problem of the configuration. */
function problems(text: string): string[] {
  return parse(text)
    .diagnostics.filter(({ code }) => code.startsWith('CONFIG_'))
    .map(({ code, range, objects }) => {
      const { line, column } = positionAt(text, range?.start ?? -1);
      const marked = text.slice(range?.start, range?.end);
      return `${line}:${column} ${code} ${objects[0]?.kind} ${objects[0]?.path}: ${marked.trim()}`;
    });
}

const expected = [
  '11:11 CONFIG_VALUE_INVALID KubeProxyConfiguration mode: iptabels',
  '13:22 CONFIG_VALUE_INVALID KubeProxyConfiguration iptables.masqueradeBit: 32',
  '18:7 CONFIG_VALUE_INVALID KubeProxyConfiguration nodePortAddresses[1]: 10.0.0.1',
];

test('reads the configuration, and knows where each value comes from', () => {
  const { snapshot } = parse(configMap);
  expect(snapshot.config.clusterCIDR).toBe('10.244.0.0/16');
  expect(snapshot.config.iptables.masqueradeAll).toBe(true);
  expect(snapshot.configSources).toMatchObject({
    clusterCIDR: { kind: 'ConfigMap', file: 'cm.yaml' },
    'iptables.masqueradeAll': { kind: 'ConfigMap', file: 'cm.yaml' },
    bindAddress: { kind: 'default' },
  });
});

test.for<[string, string]>([
  ['a block scalar with empty lines', configMap],
  ['CRLF', configMap.replaceAll('\n', '\r\n')],
  [
    'a block scalar without a final line end',
    configMap.replace('conf: |\n    apiVersion: kube', 'conf: |-\n    apiVersion: kube'),
  ],
])('places problems within config.conf in the outer file: %s', ([, text]) => {
  expect(problems(text)).toEqual(expected);
});

test('a ConfigMap in a List is found as well', () => {
  const indented = configMap
    .trimEnd()
    .replaceAll(/^(?=.)/gm, '  ')
    .replace('  api', '- api');
  const shifted = expected.map((line) =>
    line.replace(
      /^(\d+):(\d+)/,
      (_, row: string, column: string) => `${Number(row) + 3}:${Number(column) + 2}`,
    ),
  );
  expect(problems(`apiVersion: v1\nkind: List\nitems:\n${indented}\n`)).toEqual(shifted);
});

test('where config.conf is no block scalar, a problem is the whole value', () => {
  const value = '"mode: x\\nclusterCIDR: 10.0.0.0/8"';
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy}\ndata:\n  config.conf: ${value}\n`;
  expect(problems(text)).toEqual([
    `5:16 CONFIG_VALUE_INVALID KubeProxyConfiguration mode: ${value}`,
  ]);
  const json = JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-proxy' },
    data: { 'config.conf': 'mode: ipvs' },
  });
  expect(parse(json).snapshot.config.mode).toBe('ipvs');
});

test.for<[string, string, string]>([
  ['broken YAML', 'mode: x: y', '8:11 CONFIG_VALUE_INVALID ConfigMap data["config.conf"]: x'],
  ['nothing but a comment', '# none', '8:5 CONFIG_VALUE_INVALID ConfigMap data["config.conf"]: '],
  ['text', 'just text', '8:5 CONFIG_VALUE_INVALID KubeProxyConfiguration : just text'],
])('reports a config.conf that holds %s', ([, inner, problem]) => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-proxy
  namespace: kube-system
data:
  config.conf: |
    ${inner}
`;
  expect(problems(text)).toEqual([problem]);
  expect(parse(text).snapshot.unusable).toHaveLength(1);
});

test.for([
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\ndata: {config.conf: "mode: ipvs"}\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy}\ndata: {other: "mode: ipvs"}\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy}\ndata: {config.conf: {mode: ipvs}}\n',
])('any other ConfigMap is ignored: case %#', (text) => {
  const { snapshot, diagnostics } = parse(text);
  expect(snapshot.config.mode).toBe('');
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'KIND_IGNORED',
    'CONFIG_MISSING',
    'NODE_MISSING',
  ]);
});
