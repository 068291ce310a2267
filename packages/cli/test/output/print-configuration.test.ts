import { defaultConfiguration, parseSnapshot, type SourceText } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { printConfiguration } from '../../src/output/print-configuration.ts';

const head = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';

const hostile = `${head}featureGates: {"a: b\\nmode: ipvs": true, "true": false, "\\e[31m\\x9b1m": true}
hostnameOverride: "x\\x9b31m # y"
clientConnection: {kubeconfig: "a\\nb: c"}
nodePortAddresses: ["10.0.0.0/8", "2001:db8::/32"]
showHiddenMetricsForVersion: "no"
`;

const texts = [
  { name: 'an empty document', text: head },
  { name: 'hostile text', text: hostile },
  { name: 'nested values', text: `${head}logging: {format: json, verbosity: 3}\nmode: iptables\n` },
];

test.for(texts)('$name: what is printed means the same', ({ text }) => {
  const { snapshot } = parseSnapshot(text, { nodeName: 'n' });
  const printed = printConfiguration(snapshot.config, snapshot.configSources);
  expect(parseSnapshot(printed, { nodeName: 'n' }).snapshot.config).toEqual(snapshot.config);
  const { apiVersion, kind, ...config } = parse(printed) as Record<string, unknown>;
  expect({ apiVersion, kind }).toEqual({
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
  });
  expect(config).toEqual(snapshot.config);
});

test.for(texts)(
  '$name: nothing can act on a terminal, nor a file’s name leave its comment',
  ({ text }) => {
    const sources: SourceText[] = [{ file: 'a\u001b[31m\nmode: ipvs', text }];
    const { snapshot } = parseSnapshot(sources, { nodeName: 'n' });
    const printed = printConfiguration(snapshot.config, snapshot.configSources);
    expect(printed).not.toMatch(/[^\P{C}\n]/u);
    expect(parse(printed)).toMatchObject(snapshot.config);
  },
);

test('each value says where it comes from', () => {
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-proxy', namespace: 'kube-system' },
  };
  const sources = [
    {
      file: 'map.json',
      text: JSON.stringify({
        ...configMap,
        data: { 'config.conf': `${head}clusterCIDR: 10.0.0.0/8\n` },
      }),
    },
    { file: 'own.yaml', text: `${head}featureGates: {"a b": true}\n` },
  ];
  const cases = [
    {
      source: sources[0]!,
      line: 'clusterCIDR: "10.0.0.0/8"                        # ConfigMap kube-proxy in map.json',
    },
    { source: sources[1]!, line: '  "a b": true                                    # own.yaml' },
  ];
  expect(cases).toHaveLength(2);
  for (const { source, line } of cases) {
    const { snapshot } = parseSnapshot([source], {
      nodeName: 'n',
      kubeProxyArgs: ['--masquerade-all'],
    });
    const printed = printConfiguration(snapshot.config, snapshot.configSources).split('\n');
    expect(printed).toContain(line);
    expect(printed).toContain(
      '  masqueradeAll: true                            # --masquerade-all',
    );
    expect(printed).toContain('  masqueradeBit: 14                              # default');
  }
});

test('a value without a known source is a default', () => {
  expect(printConfiguration(defaultConfiguration, {})).not.toMatch(/^ *\S+: \S+ +# (?!default$)/m);
});
