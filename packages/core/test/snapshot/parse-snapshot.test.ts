import * as fc from 'fast-check';
import { arbitraryHostileString, fixtureNames, readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { positionAt } from '../../src/diagnostics/position.ts';
import { printDiagnostic } from '../../src/diagnostics/print-diagnostic.ts';
import { parseSnapshot, type ParseSnapshotOptions } from '../../src/snapshot/parse-snapshot.ts';
import type { ParsedSnapshot } from '../../src/snapshot/snapshot.ts';

/** What stands before a bad object, which so begins in line 17. */
const head = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
---
apiVersion: v1
kind: Node
metadata:
  name: node-a
---
apiVersion: v1
kind: Service
metadata: {name: before, namespace: shop}
spec:
  clusterIP: 10.96.0.1
  ports: [{port: 80}]
---
`;
const tail = `---
apiVersion: v1
kind: Service
metadata: {name: after, namespace: shop}
spec:
  clusterIP: 10.96.0.2
  ports: [{port: 80}]
`;

function service(spec: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
${spec}
`;
}

function slice(body: string, label = 'kubernetes.io/service-name: web'): string {
  return `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web-x1
  namespace: shop
  labels: {${label}}
${body}
`;
}

/** Each problem as the user sees it, without the frame: place, code and message, then the objects. */
function seen(text: string, { diagnostics }: ParsedSnapshot): string[] {
  return diagnostics.map((diagnostic) => {
    const lines = printDiagnostic(diagnostic, { '<input>': text }).split('\n');
    return lines.slice(0, 1 + diagnostic.objects.length).join(' |');
  });
}

function servicesOf({ snapshot }: ParsedSnapshot): string[] {
  return snapshot.services.map(({ metadata, spec }) => {
    const ports = spec.ports.map(({ port, protocol }) => `${port}/${protocol}`);
    return `${metadata.namespace}/${metadata.name} ${spec.clusterIP} ${ports.join(' ')}`;
  });
}

const before = 'shop/before 10.96.0.1 80/TCP';
const after = 'shop/after 10.96.0.2 80/TCP';

interface BadService {
  readonly name: string;
  readonly text: string;
  readonly problems: readonly string[];
  /** What is left of it. */
  readonly left: readonly string[];
}

const badServices: readonly BadService[] = [
  {
    name: 'a cluster IP that is none',
    text: service('  clusterIP: 10.96.0.300\n  ports: [{port: 80}]'),
    problems: [
      '<input>:23:14: error IP_INVALID: "10.96.0.300" is no IP address; the Service is left out. |  Service shop/web, spec.clusterIP',
    ],
    left: [],
  },
  {
    name: 'an external IP that is none',
    text: service(
      '  clusterIP: 10.96.0.3\n  externalIPs: [192.0.2.1, 192.0.2.x]\n  ports: [{port: 80}]',
    ),
    problems: [
      '<input>:24:28: error IP_INVALID: "192.0.2.x" is no IP address; spec.externalIPs[1] is left out. |  Service shop/web, spec.externalIPs[1]',
    ],
    left: ['shop/web 10.96.0.3 80/TCP'],
  },
  {
    name: 'a port out of range',
    text: service(
      '  clusterIP: 10.96.0.3\n  ports:\n  - port: 70000\n  - port: 443\n    name: tls',
    ),
    problems: [
      '<input>:25:11: error PORT_NUMBER_INVALID: 70000 is no port number (1 to 65535); spec.ports[0] is left out. |  Service shop/web, spec.ports[0].port',
    ],
    left: ['shop/web 10.96.0.3 443/TCP'],
  },
  {
    name: 'a node port out of range',
    text: service('  clusterIP: 10.96.0.3\n  ports:\n  - port: 80\n    nodePort: -1'),
    problems: [
      '<input>:26:15: error PORT_NUMBER_INVALID: -1 is no port number (1 to 65535); spec.ports[0] is left out. |  Service shop/web, spec.ports[0].nodePort',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: 'a port without a number',
    text: service('  clusterIP: 10.96.0.3\n  ports:\n  - name: http'),
    problems: [
      '<input>:25:5: error FIELD_MISSING: The field is missing; spec.ports[0] is left out. |  Service shop/web, spec.ports[0].port',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: 'a wrong protocol',
    text: service(
      '  clusterIP: 10.96.0.3\n  ports:\n  - port: 80\n    protocol: tcp\n  - port: 81\n    name: b\n    protocol: UDP',
    ),
    problems: [
      '<input>:26:15: error PROTOCOL_UNKNOWN: "tcp" is not known (did you mean "TCP"?); spec.ports[0] is left out. |  Service shop/web, spec.ports[0].protocol',
    ],
    left: ['shop/web 10.96.0.3 81/UDP'],
  },
  {
    name: 'a port name used twice',
    text: service(
      '  clusterIP: 10.96.0.3\n  ports:\n  - {name: a, port: 80}\n  - {name: a, port: 81}',
    ),
    problems: [
      '<input>:26:12: error PORT_NAME_DUPLICATE: The port name "a" is used twice in the Service; of ports with one name and protocol only the last is used. |  Service shop/web, spec.ports[1].name',
    ],
    left: ['shop/web 10.96.0.3 80/TCP 81/TCP'],
  },
  {
    name: 'a source range that is no CIDR',
    text: service(
      '  clusterIP: 10.96.0.3\n  loadBalancerSourceRanges:\n  - 203.0.113.0/24\n  - 203.0.113.0\n  ports: [{port: 80}]',
    ),
    problems: [
      '<input>:26:5: error CIDR_INVALID: "203.0.113.0" is no CIDR; spec.loadBalancerSourceRanges[1] is left out. |  Service shop/web, spec.loadBalancerSourceRanges[1]',
    ],
    left: ['shop/web 10.96.0.3 80/TCP'],
  },
  {
    name: 'an unknown type',
    text: service('  type: Nodeport\n  clusterIP: 10.96.0.3'),
    problems: [
      '<input>:23:9: error VALUE_UNKNOWN: "Nodeport" is not known (did you mean "NodePort"?); the Service is left out. |  Service shop/web, spec.type',
    ],
    left: [],
  },
  {
    name: 'a field of the wrong type',
    text: service('  clusterIP: 10.96.0.3\n  ports: {port: 80}'),
    problems: [
      '<input>:24:10: error TYPE_INVALID: A mapping is not an array; the Service is left out. |  Service shop/web, spec.ports',
    ],
    left: [],
  },
  {
    name: 'an affinity timeout out of range',
    text: service(
      '  clusterIP: 10.96.0.3\n  sessionAffinity: ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}',
    ),
    problems: [
      '<input>:25:54: error VALUE_INVALID: 86401 is no affinity timeout (1 to 86400 seconds); spec.sessionAffinityConfig.clientIP.timeoutSeconds is left out. |  Service shop/web, spec.sessionAffinityConfig.clientIP.timeoutSeconds',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: 'a namespace that is no DNS label',
    text: 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: Shop}\nspec: {clusterIP: 10.96.0.3}\n',
    problems: [
      '<input>:19:34: error NAME_INVALID: "Shop" is no DNS label; the Service is left out. |  Service Shop/web, metadata.namespace',
    ],
    left: [],
  },
  {
    name: 'a hostile name, which is not shown as the name of an object',
    text: 'apiVersion: v1\nkind: Service\nmetadata: {name: "a\\e[31m; rm -rf", namespace: shop}\nspec: {clusterIP: 10.96.0.3}\n',
    problems: [
      '<input>:19:18: error NAME_INVALID: "a\\u001b[31m; rm -rf" is no DNS label; the Service is left out. |  Service shop, metadata.name',
    ],
    left: [],
  },
  {
    name: 'no metadata',
    text: 'apiVersion: v1\nkind: Service\nspec: {clusterIP: 10.96.0.3}\n',
    problems: [
      '<input>:17:1: error FIELD_MISSING: The field is missing; the Service is left out. |  Service, metadata',
    ],
    left: [],
  },
  {
    name: 'no apiVersion',
    text: 'kind: Service\nmetadata: {name: web}\n',
    problems: [
      '<input>:17:1: error API_VERSION_MISSING: The Service has no apiVersion; it is left out. |  document',
    ],
    left: [],
  },
  {
    name: 'no kind',
    text: 'apiVersion: v1\nmetadata: {name: web}\n',
    problems: [
      '<input>:17:1: error DOCUMENT_INVALID: The object has no kind; it is left out. |  document',
    ],
    left: [],
  },
  {
    name: 'a document that is no mapping',
    text: 'just text\n',
    problems: [
      '<input>:17:1: error DOCUMENT_INVALID: This is no Kubernetes object; it is left out. |  document',
    ],
    left: [],
  },
  {
    name: 'broken YAML',
    text: 'apiVersion: v1\nkind: [Service\nmetadata: {}\n',
    problems: [
      '<input>:19:1: error YAML_SYNTAX: This is no valid YAML (Flow sequence in block collection must be sufficiently indented and end with a ]); the document is left out.',
    ],
    left: [],
  },
  {
    name: 'the same object again',
    text: service('  clusterIP: 10.96.0.3') + '---\n' + service('  clusterIP: 10.96.0.4'),
    problems: [
      '<input>:28:9: warning OBJECT_DUPLICATE: The Service is there more than once; this one replaces the one before. |  Service shop/web',
    ],
    left: ['shop/web 10.96.0.4 '],
  },
  {
    name: 'a node port used twice',
    text:
      service('  type: NodePort\n  clusterIP: 10.96.0.3\n  ports: [{port: 80, nodePort: 30080}]') +
      '---\n' +
      service(
        '  type: NodePort\n  clusterIP: 10.96.0.4\n  ports: [{port: 81, nodePort: 30080}]',
      ).replace('web', 'web2'),
    problems: [
      '<input>:34:32: warning NODE_PORT_CONFLICT: Node port 30080/TCP is already claimed by Service shop/web; only one of them gets its traffic. |  Service shop/web2, spec.ports[0].nodePort |  Service shop/web',
    ],
    left: ['shop/web 10.96.0.3 80/TCP', 'shop/web2 10.96.0.4 81/TCP'],
  },
  {
    name: '__proto__ as a YAML key',
    text: service('  clusterIP: 10.96.0.3\n  __proto__: {type: ExternalName}'),
    problems: [
      '<input>:24:14: warning KEY_UNSAFE: The key "__proto__" means nothing in Kubernetes; it is ignored. |  document, spec.__proto__',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: '__proto__ escaped in YAML',
    text: service('  clusterIP: 10.96.0.3\n  "\\u005f\\x5fproto__": {type: ExternalName}'),
    problems: [
      '<input>:24:24: warning KEY_UNSAFE: The key "__proto__" means nothing in Kubernetes; it is ignored. |  document, spec.__proto__',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: '__proto__ as a JSON key',
    text: '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"shop"},\n"spec":{"clusterIP":"10.96.0.3","__proto__":{"type":"ExternalName"}}}\n',
    problems: [
      '<input>:18:45: warning KEY_UNSAFE: The key "__proto__" means nothing in Kubernetes; it is ignored. |  document, spec.__proto__',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: '__proto__ escaped in JSON',
    text: '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"shop"},\n"spec":{"clusterIP":"10.96.0.3","\\u005F_proto__":{"type":"ExternalName"}}}\n',
    problems: [
      '<input>:18:50: warning KEY_UNSAFE: The key "__proto__" means nothing in Kubernetes; it is ignored. |  document, spec.__proto__',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
];

test.for(badServices)('bad input: $name', ({ text, problems, left }) => {
  const whole = head + text + tail;
  const parsed = parseSnapshot(whole);
  expect(seen(whole, parsed)).toEqual(problems);
  expect(servicesOf(parsed)).toEqual([before, ...left, after]);
  expect(parsed.snapshot.unusable).toEqual([]);
});

const ready =
  'addressType: IPv4\nports: [{name: http, port: 8080}]\nendpoints: [{addresses: [10.244.1.2]}]';

interface BadSlice {
  readonly name: string;
  readonly text: string;
  readonly problem: string;
  /** `port/protocol…; address…` of what is left of it. */
  readonly left?: string;
}

const badSlices: readonly BadSlice[] = [
  {
    name: 'a slice without a service label',
    text: slice(ready, 'app: web'),
    problem:
      '<input>:22:11: warning SERVICE_LABEL_MISSING: Without the label kubernetes.io/service-name the slice belongs to no Service; the EndpointSlice is left out. |  EndpointSlice shop/web-x1, metadata.labels',
  },
  {
    name: 'a slice with an empty service label',
    text: slice(ready, 'kubernetes.io/service-name: ""'),
    problem:
      '<input>:22:11: warning SERVICE_LABEL_MISSING: Without the label kubernetes.io/service-name the slice belongs to no Service; the EndpointSlice is left out. |  EndpointSlice shop/web-x1, metadata.labels',
  },
  {
    name: 'a slice of host names',
    text: slice('addressType: FQDN\nendpoints: [{addresses: [a.example]}]'),
    problem:
      '<input>:23:14: warning ADDRESS_TYPE_UNSUPPORTED: Endpoints of address type "FQDN" are not proxied; the EndpointSlice is left out. |  EndpointSlice shop/web-x1, addressType',
  },
  {
    name: 'an endpoint of the other family',
    text: slice(
      'addressType: IPv4\nports: [{port: 1}]\nendpoints: [{addresses: ["fd00::1"]}, {addresses: [10.244.1.2]}]',
    ),
    problem:
      '<input>:25:26: error ADDRESS_FAMILY_WRONG: "fd00::1" is an IPv6 address in a slice of IPv4; endpoints[0] is left out. |  EndpointSlice shop/web-x1, endpoints[0].addresses[0]',
    left: '1/TCP; 10.244.1.2',
  },
  {
    name: 'an IPv4-mapped address in a slice of IPv6',
    text: slice(
      'addressType: IPv6\nports: [{port: 1}]\nendpoints: [{addresses: ["::ffff:10.244.1.2"]}]',
    ),
    problem:
      '<input>:25:26: error ADDRESS_FAMILY_WRONG: "::ffff:10.244.1.2" is an IPv4 address in a slice of IPv6; endpoints[0] is left out. |  EndpointSlice shop/web-x1, endpoints[0].addresses[0]',
    left: '1/TCP; ',
  },
  {
    name: 'an endpoint whose address is none',
    text: slice(
      'addressType: IPv4\nports: [{port: 1}]\nendpoints: [{addresses: [10.244.1.2]}, {addresses: [10.244.x]}]',
    ),
    problem:
      '<input>:25:53: error IP_INVALID: "10.244.x" is no IP address; endpoints[1] is left out. |  EndpointSlice shop/web-x1, endpoints[1].addresses[0]',
    left: '1/TCP; 10.244.1.2',
  },
  {
    name: 'a port without a number',
    text: slice('addressType: IPv4\nports: [{name: a}, {name: b, port: 8080}]\nendpoints: []'),
    problem:
      '<input>:24:9: error PORT_NUMBER_MISSING: The port has no number; ports[0] is left out. |  EndpointSlice shop/web-x1, ports[0]',
    left: '8080/TCP; ',
  },
  {
    name: 'a port with the number 0',
    text: slice(
      'addressType: IPv4\nports: [{name: a, port: 0}, {name: b, port: 8080}]\nendpoints: []',
    ),
    problem:
      '<input>:24:9: error PORT_NUMBER_MISSING: The port has no number; ports[0] is left out. |  EndpointSlice shop/web-x1, ports[0]',
    left: '8080/TCP; ',
  },
  {
    name: 'a port out of range',
    text: slice(
      'addressType: IPv4\nports: [{name: a, port: 65536}, {name: b, port: 8080, protocol: UDP}]\nendpoints: []',
    ),
    problem:
      '<input>:24:25: error PORT_NUMBER_INVALID: 65536 is no port number (1 to 65535); ports[0] is left out. |  EndpointSlice shop/web-x1, ports[0].port',
    left: '8080/UDP; ',
  },
  {
    name: 'a wrong protocol',
    text: slice(
      'addressType: IPv4\nports: [{name: a, port: 1, protocol: ICMP}, {name: b, port: 8080}]\nendpoints: []',
    ),
    problem:
      '<input>:24:38: error PROTOCOL_UNKNOWN: "ICMP" is none of TCP, UDP, SCTP; ports[0] is left out. |  EndpointSlice shop/web-x1, ports[0].protocol',
    left: '8080/TCP; ',
  },
  {
    name: 'a condition that is no boolean',
    text: slice(
      'addressType: IPv4\nports: [{port: 1}]\nendpoints: [{addresses: [10.244.1.2], conditions: {ready: "yes"}}, {addresses: [10.244.1.3]}]',
    ),
    problem:
      '<input>:25:59: error TYPE_INVALID: The value is no boolean; endpoints[0] is left out. |  EndpointSlice shop/web-x1, endpoints[0].conditions.ready',
    left: '1/TCP; 10.244.1.3',
  },
];
test.for(badSlices)('bad input: $name', ({ text, problem, left }) => {
  const whole = head + text + tail;
  const parsed = parseSnapshot(whole);
  expect(seen(whole, parsed)).toEqual([problem]);
  expect(servicesOf(parsed)).toEqual([before, after]);
  const slices = parsed.snapshot.endpointSlices.map(({ ports, endpoints }) => {
    const addresses = endpoints.map((endpoint) => endpoint.addresses.join(' '));
    return `${ports.map(({ port, protocol }) => `${port}/${protocol}`).join(' ')}; ${addresses.join(' ')}`;
  });
  expect(slices).toEqual(left === undefined ? [] : [left]);
});

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
    `{"apiVersion":"v1","kind":"List","items":[{"kind":"ServiceList","items":[${item('a')}]},{"apiVersion":"v1","kind":"List","items":[${item('b', serviceMeta)}]}]}`,
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

test('other kinds are ignored, each kind with one info that names how many', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: shop}
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: knative, namespace: shop}
spec: {ports: [{port: -1}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: b, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-root-ca.crt, namespace: shop}
---
apiVersion: "v1\\e[31m"
kind: Hostile
`;
  const parsed = parse(text.replaceAll('\\\\', '\\'));
  expect(seen(text, parsed).slice(0, 4)).toEqual([
    '<input>:2:7: info KIND_IGNORED: 2 objects of apps/v1 Deployment ignored: kube-proxy does not read that kind. |  Deployment shop/a',
    '<input>:6:7: info KIND_IGNORED: 1 object of serving.knative.dev/v1 Service ignored: kube-proxy does not read that kind. |  Service shop/knative',
    '<input>:15:7: info KIND_IGNORED: 1 object of v1 ConfigMap ignored: kube-proxy does not read that kind. |  ConfigMap shop/kube-root-ca.crt',
    '<input>:19:7: info KIND_IGNORED: 1 object of an unknown kind ignored: kube-proxy does not read that kind. |  Hostile',
  ]);
  expect(parsed.snapshot.services).toEqual([]);
});

test('several files make one snapshot; of an object in two of them the later counts', () => {
  const { snapshot, diagnostics } = parseSnapshot(
    [
      { file: 'a.yaml', text: service('  clusterIP: 10.96.0.1') },
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
  const other = service('  clusterIP: 10.96.0.2').replace('namespace: shop', 'namespace: blog');
  const text = `${service('  clusterIP: 10.96.0.1')}---\n${other}---\n${slice(ready).replace('web-x1', 'web')}`;
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
  ['wrong objects', service('  clusterIP: x'), { nodeName: 'a' }, []],
])('the snapshot is unusable because of %s', ([, text, options, codes]) => {
  expect(parseSnapshot(text, options).snapshot.unusable.map(({ code }) => code)).toEqual(codes);
});

test('the snapshot is plain data that survives JSON', () => {
  for (const name of fixtureNames.slice(0, 20)) {
    const parsed = parseSnapshot(readFixture(name).snapshot, { nodeName: 'node-a' });
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
      fc.nat(),
      fc.nat(40),
      arbitraryHostileString(),
      (text, at, length, piece) => {
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
