import * as fc from 'fast-check';
import { arbitraryHostileString, fixtureNames, readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { positionAt } from '../../src/diagnostics/position.ts';
import { printDiagnostic } from '../../src/diagnostics/print-diagnostic.ts';
import { parseSnapshot, type ParseSnapshotOptions } from '../../src/snapshot/parse-snapshot.ts';
import type { ParsedSnapshot } from '../../src/snapshot/snapshot.ts';
import { seen, serviceText, servicesOf, sliceText } from '../support/objects-as-text.ts';

function parse(text: string, options: ParseSnapshotOptions = {}): ParsedSnapshot {
  return parseSnapshot(text, { nodeName: 'node-a', ...options });
}

function codesOf({ diagnostics }: ParsedSnapshot): string[] {
  return diagnostics.map(({ code }) => code);
}

const item = (name: string, meta = ''): string =>
  `{${meta}"metadata":{"name":"${name}"},"spec":{"clusterIP":"10.96.0.1"}}`;
const serviceMeta = '"apiVersion":"v1","kind":"Service",';

test.for<[string, string]>([
  [
    'a List',
    `{"apiVersion":"v1","kind":"List","items":[${item('a', serviceMeta)},${item('b', serviceMeta)}]}`,
  ],
  ['a typed list', `{"apiVersion":"v1","kind":"ServiceList","items":[${item('a')},${item('b')}]}`],
  [
    'a List without an apiVersion',
    `{"kind":"List","items":[${item('a', serviceMeta)},${item('b', serviceMeta)}]}`,
  ],
  ['an array', `[${item('a', serviceMeta)},${item('b', serviceMeta)}]`],
  [
    'lists in a List',
    `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ServiceList","items":[${item('a')}]},{"apiVersion":"v1","kind":"List","items":[${item('b', serviceMeta)}]}]}`,
  ],
  ['JSON values after each other', `${item('a', serviceMeta)}\n${item('b', serviceMeta)}`],
])('reads the Services of %s', ([, text]) => {
  const parsed = parse(text);
  expect(codesOf(parsed)).toEqual(['CONFIG_MISSING', 'NODE_MISSING']);
  expect(servicesOf(parsed)).toEqual(['default/a 10.96.0.1 ', 'default/b 10.96.0.1 ']);
});

test('an EndpointSliceList gives its items kind and apiVersion', () => {
  const slices = `apiVersion: discovery.k8s.io/v1
kind: EndpointSliceList
items:
- metadata: {name: a-1, namespace: shop, labels: {kubernetes.io/service-name: a}}
  addressType: IPv4
  endpoints: [{addresses: [10.1.1.1]}]
`;
  expect(parse(slices).snapshot.endpointSlices).toMatchObject([{ metadata: { name: 'a-1' } }]);
});

test('places in items are those in the file', () => {
  const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: a}
  spec: {clusterIP: 10.96.0.1}
- apiVersion: v1
  kind: Service
  metadata: {name: b}
  spec: {clusterIP: 10.96.0.x}
- {kind: Service}
- 3
`;
  expect(seen(text, parse(text)).slice(0, 3)).toEqual([
    '<input>:12:3: error API_VERSION_MISSING: The Service has no apiVersion; it is left out. |  item, items[2]',
    '<input>:13:3: error DOCUMENT_INVALID: This is no Kubernetes object; it is left out. |  item, items[3]',
    '<input>:11:21: error IP_INVALID: "10.96.0.x" is no IP address; the Service is left out. |  Service b, spec.clusterIP',
  ]);
});

test('several files make one snapshot; of an object in two of them the later counts', () => {
  const { snapshot, diagnostics } = parseSnapshot(
    [
      { file: 'a.yaml', text: serviceText('  clusterIP: 10.96.0.1') },
      {
        file: 'b.json',
        text: `{${serviceMeta}"metadata":{"name":"web","namespace":"shop"},"spec":{"clusterIP":"10.96.0.2"}}`,
      },
      { file: 'c.yaml', text: 'kind: [' },
      { file: 'd.yaml', text: 'apiVersion: v1\nkind: Node\nmetadata: {name: node-a}\n' },
    ],
    {},
  );
  expect(snapshot.services.map(({ spec }) => spec.clusterIP)).toEqual(['10.96.0.2']);
  expect(snapshot.nodeName).toBe('node-a');
  expect(diagnostics.map(({ code, range }) => `${code} ${range?.source}`)).toEqual([
    'YAML_SYNTAX c.yaml',
    'OBJECT_DUPLICATE b.json',
    'CONFIG_MISSING undefined',
  ]);
});

test('objects of one name in two namespaces, or of two kinds, are no duplicates', () => {
  const other = serviceText('  clusterIP: 10.96.0.2').replace('namespace: shop', 'namespace: blog');
  const text = `${serviceText('  clusterIP: 10.96.0.1')}---\n${other}---\n${sliceText('addressType: IPv4\nendpoints: []').replace('web-x1', 'web')}`;
  expect(codesOf(parse(text))).toEqual(['CONFIG_MISSING', 'NODE_MISSING']);
});

test('the options name the file, the node, the flags and the longest text', () => {
  const text =
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ipvs\n';
  const { snapshot, diagnostics } = parseSnapshot(text, {
    file: 'kube-proxy.yaml',
    nodeName: 'Node-B',
    kubeProxyArgs: ['--proxy-mode=nftables', '--masquerade-all'],
    maxLength: 1000,
  });
  expect(snapshot.config).toMatchObject({ mode: 'nftables', iptables: { masqueradeAll: true } });
  expect(snapshot.configSources).toMatchObject({
    mode: { kind: 'flag', flag: 'proxy-mode' },
    'iptables.masqueradeBit': { kind: 'default' },
  });
  expect(snapshot.nodeName).toBe('node-b');
  expect(diagnostics.map(({ code }) => code)).toEqual(['NODE_MISSING']);
  expect(codesOf(parse(text, { maxLength: 10 }))).toEqual([
    'INPUT_TOO_LARGE',
    'CONFIG_MISSING',
    'NODE_MISSING',
  ]);
});

test.for<[string, string, ParseSnapshotOptions, string[]]>([
  ['no node', '', {}, ['NODE_AMBIGUOUS']],
  [
    'a wrong value of the configuration',
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: x\n',
    { nodeName: 'a' },
    ['CONFIG_VALUE_INVALID'],
  ],
  ['a wrong flag', '', { nodeName: 'a', kubeProxyArgs: ['--oom-score-adj=x'] }, ['FLAG_INVALID']],
  ['an unknown flag', '', { nodeName: 'a', kubeProxyArgs: ['--nope'] }, ['FLAG_UNKNOWN']],
  [
    'an unknown node',
    'apiVersion: v1\nkind: Node\nmetadata: {name: b}',
    { nodeName: 'a' },
    ['NODE_UNKNOWN'],
  ],
  ['wrong objects', serviceText('  clusterIP: x'), { nodeName: 'a' }, []],
])('the snapshot is unusable because of %s', ([, text, options, codes]) => {
  expect(parseSnapshot(text, options).snapshot.unusable.map(({ code }) => code)).toEqual(codes);
});

test('the snapshot is plain data that survives JSON', () => {
  for (const name of fixtureNames.slice(0, 20)) {
    const { snapshot, diagnostics } = parseSnapshot(readFixture(name).snapshot, {
      nodeName: 'node-a',
    });
    const parsed = { snapshot, diagnostics };
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(parsed);
  }
});

test('every fixture is read without an error', () => {
  expect(fixtureNames.length).toBeGreaterThan(50);
  for (const name of fixtureNames) {
    const { diagnostics } = parse(readFixture(name).snapshot, { nodeName: 'node-a' });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
});

/** Any input gives a snapshot, and diagnostics that can be printed. */
function expectSound(text: string): void {
  const { snapshot, diagnostics } = parseSnapshot(text, { nodeName: 'node-a' });
  expect(snapshot.nodeName).toBe('node-a');
  for (const diagnostic of diagnostics) {
    const printed = printDiagnostic(diagnostic, { '<input>': text });
    expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    if (diagnostic.range) expect(positionAt(text, diagnostic.range.start).line).toBeGreaterThan(0);
  }
  expect(() => JSON.stringify(snapshot)).not.toThrow();
}

test('never throws for any text', () => {
  fc.assert(fc.property(fc.oneof(arbitraryHostileString(), fc.string()), expectSound), {
    numRuns: 200,
  });
});

test('never throws for any JSON value in the place of an object or of a part of one', () => {
  const kind = fc.constantFrom(
    'Service',
    'EndpointSlice',
    'Node',
    'KubeProxyConfiguration',
    'NodeState',
    'List',
    'ConfigMap',
    'ServiceList',
  );
  const apiVersion = fc.constantFrom(
    'v1',
    'discovery.k8s.io/v1',
    'kubeproxy.config.k8s.io/v1alpha1',
    'kube-rules/v1alpha1',
  );
  const field = fc.constantFrom(
    'metadata',
    'spec',
    'status',
    'items',
    'endpoints',
    'addressType',
    'ports',
    'iptables',
    'interfaces',
    'sysctls',
    'logging',
    'data',
    'nodeName',
  );
  const object = fc
    .tuple(
      kind,
      apiVersion,
      fc.dictionary(field, fc.jsonValue(), { maxKeys: 5 }),
      arbitraryHostileString(),
    )
    .map(([kind, apiVersion, fields, name]) => ({
      metadata: { name },
      ...fields,
      kind,
      apiVersion,
    }));
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), object, fc.array(object)), (value) => {
      expectSound(JSON.stringify(value));
    }),
    { numRuns: 500 },
  );
});

test("never throws for a fixture's snapshot that is cut off, or in which something else stands", () => {
  const texts = ['dual-stack', 'loadbalancer-source-ranges', 'hostname-override'].map(
    (name) => readFixture(name).snapshot,
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.tuple(fc.nat(), fc.nat(40)),
      arbitraryHostileString(),
      (text, [at, length], piece) => {
        const start = at % text.length;
        expectSound(text.slice(0, start));
        expectSound(text.slice(0, start) + piece.slice(0, 200) + text.slice(start + length));
      },
    ),
    { numRuns: 150 },
  );
});

const depth = 100_000;
const config = '{"apiVersion":"kubeproxy.config.k8s.io/v1alpha1","kind":"KubeProxyConfiguration",';

test.for<[string, string]>([
  ['lists', '['.repeat(depth) + ']'.repeat(depth)],
  ['mappings', `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
  ['Lists', `${'{"kind":"List","items":['.repeat(depth)}${']}'.repeat(depth)}`],
  ['unsafe keys', `${'{"__proto__":'.repeat(depth)}1${'}'.repeat(depth)}`],
  [
    'mappings beside an unsafe key',
    `{"__proto__":1,"b":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
  ],
  ['logging', `${config}"logging":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`],
  [
    'sysctls',
    `{"apiVersion":"kube-rules/v1alpha1","kind":"NodeState","sysctls":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`,
  ],
  ['YAML', `a: ${'['.repeat(depth)}${']'.repeat(depth)}`],
])('%s nested 100,000 deep neither throw nor take long', ([, text]) => {
  const start = performance.now();
  expectSound(text);
  expect(performance.now() - start).toBeLessThan(10_000);
});
