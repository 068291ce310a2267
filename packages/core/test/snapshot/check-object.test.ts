import { expect, test } from 'vitest';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';
import { seen, serviceText, servicesOf, sliceText } from '../support/objects-as-text.ts';

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
    text: serviceText('  clusterIP: 10.96.0.300\n  ports: [{port: 80}]'),
    problems: [
      '<input>:23:14: error IP_INVALID: "10.96.0.300" is no IP address; the Service is left out. |  Service shop/web, spec.clusterIP',
    ],
    left: [],
  },
  {
    name: 'an external IP that is none',
    text: serviceText(
      '  clusterIP: 10.96.0.3\n  externalIPs: [192.0.2.1, 192.0.2.x]\n  ports: [{port: 80}]',
    ),
    problems: [
      '<input>:24:28: error IP_INVALID: "192.0.2.x" is no IP address; spec.externalIPs[1] is left out. |  Service shop/web, spec.externalIPs[1]',
    ],
    left: ['shop/web 10.96.0.3 80/TCP'],
  },
  {
    name: 'a port out of range',
    text: serviceText(
      '  clusterIP: 10.96.0.3\n  ports:\n  - port: 70000\n  - port: 443\n    name: tls',
    ),
    problems: [
      '<input>:25:11: error PORT_NUMBER_INVALID: 70000 is no port number (1 to 65535); spec.ports[0] is left out. |  Service shop/web, spec.ports[0].port',
    ],
    left: ['shop/web 10.96.0.3 443/TCP'],
  },
  {
    name: 'a node port out of range',
    text: serviceText('  clusterIP: 10.96.0.3\n  ports:\n  - port: 80\n    nodePort: -1'),
    problems: [
      '<input>:26:15: error PORT_NUMBER_INVALID: -1 is no port number (1 to 65535); spec.ports[0] is left out. |  Service shop/web, spec.ports[0].nodePort',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: 'a port without a number',
    text: serviceText('  clusterIP: 10.96.0.3\n  ports:\n  - name: http'),
    problems: [
      '<input>:25:5: error FIELD_MISSING: The field is missing; spec.ports[0] is left out. |  Service shop/web, spec.ports[0].port',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: 'a wrong protocol',
    text: serviceText(
      '  clusterIP: 10.96.0.3\n  ports:\n  - port: 80\n    protocol: tcp\n  - port: 81\n    name: b\n    protocol: UDP',
    ),
    problems: [
      '<input>:26:15: error PROTOCOL_UNKNOWN: "tcp" is not known (did you mean "TCP"?); spec.ports[0] is left out. |  Service shop/web, spec.ports[0].protocol',
    ],
    left: ['shop/web 10.96.0.3 81/UDP'],
  },
  {
    name: 'a port name used twice',
    text: serviceText(
      '  clusterIP: 10.96.0.3\n  ports:\n  - {name: a, port: 80}\n  - {name: a, port: 81}',
    ),
    problems: [
      '<input>:26:12: error PORT_NAME_DUPLICATE: The port name "a" is used twice in the Service; of ports with one name and protocol only the last is used. |  Service shop/web, spec.ports[1].name',
    ],
    left: ['shop/web 10.96.0.3 80/TCP 81/TCP'],
  },
  {
    name: 'a source range that is no CIDR',
    text: serviceText(
      '  clusterIP: 10.96.0.3\n  loadBalancerSourceRanges:\n  - 203.0.113.0/24\n  - 203.0.113.0\n  ports: [{port: 80}]',
    ),
    problems: [
      '<input>:26:5: error CIDR_INVALID: "203.0.113.0" is no CIDR; spec.loadBalancerSourceRanges[1] is left out. |  Service shop/web, spec.loadBalancerSourceRanges[1]',
    ],
    left: ['shop/web 10.96.0.3 80/TCP'],
  },
  {
    name: 'an unknown type',
    text: serviceText('  type: Nodeport\n  clusterIP: 10.96.0.3'),
    problems: [
      '<input>:23:9: error VALUE_UNKNOWN: "Nodeport" is not known (did you mean "NodePort"?); the Service is left out. |  Service shop/web, spec.type',
    ],
    left: [],
  },
  {
    name: 'a field of the wrong type',
    text: serviceText('  clusterIP: 10.96.0.3\n  ports: {port: 80}'),
    problems: [
      '<input>:24:10: error TYPE_INVALID: A mapping is not an array; the Service is left out. |  Service shop/web, spec.ports',
    ],
    left: [],
  },
  {
    name: 'an affinity timeout out of range',
    text: serviceText(
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
    text: serviceText('  clusterIP: 10.96.0.3') + '---\n' + serviceText('  clusterIP: 10.96.0.4'),
    problems: [
      '<input>:28:9: warning OBJECT_DUPLICATE: The Service is there more than once; this one replaces the one before. |  Service shop/web',
    ],
    left: ['shop/web 10.96.0.4 '],
  },
  {
    name: 'a node port used twice',
    text:
      serviceText(
        '  type: NodePort\n  clusterIP: 10.96.0.3\n  ports: [{port: 80, nodePort: 30080}]',
      ) +
      '---\n' +
      serviceText(
        '  type: NodePort\n  clusterIP: 10.96.0.4\n  ports: [{port: 81, nodePort: 30080}]',
      ).replace('web', 'web2'),
    problems: [
      '<input>:35:32: warning NODE_PORT_CONFLICT: Node port 30080/TCP is already claimed by Service shop/web; only one of them gets its traffic. |  Service shop/web2, spec.ports[0].nodePort |  Service shop/web',
    ],
    left: ['shop/web 10.96.0.3 80/TCP', 'shop/web2 10.96.0.4 81/TCP'],
  },
  {
    name: '__proto__ as a YAML key',
    text: serviceText('  clusterIP: 10.96.0.3\n  __proto__: {type: ExternalName}'),
    problems: [
      '<input>:24:14: warning KEY_UNSAFE: The key "__proto__" means nothing in Kubernetes; it is ignored. |  document, spec.__proto__',
    ],
    left: ['shop/web 10.96.0.3 '],
  },
  {
    name: '__proto__ escaped in YAML',
    text: serviceText('  clusterIP: 10.96.0.3\n  "\\u005f\\x5fproto__": {type: ExternalName}'),
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
    text: sliceText(ready, 'app: web'),
    problem:
      '<input>:22:11: warning SERVICE_LABEL_MISSING: Without the label kubernetes.io/service-name the slice belongs to no Service; the EndpointSlice is left out. |  EndpointSlice shop/web-x1, metadata.labels',
  },
  {
    name: 'a slice with an empty service label',
    text: sliceText(ready, 'kubernetes.io/service-name: ""'),
    problem:
      '<input>:22:11: warning SERVICE_LABEL_MISSING: Without the label kubernetes.io/service-name the slice belongs to no Service; the EndpointSlice is left out. |  EndpointSlice shop/web-x1, metadata.labels',
  },
  {
    name: 'a slice of host names',
    text: sliceText('addressType: FQDN\nendpoints: [{addresses: [a.example]}]'),
    problem:
      '<input>:23:14: warning ADDRESS_TYPE_UNSUPPORTED: Endpoints of address type "FQDN" are not proxied; the EndpointSlice is left out. |  EndpointSlice shop/web-x1, addressType',
  },
  {
    name: 'an endpoint of the other family',
    text: sliceText(
      'addressType: IPv4\nports: [{port: 1}]\nendpoints: [{addresses: ["fd00::1"]}, {addresses: [10.244.1.2]}]',
    ),
    problem:
      '<input>:25:26: error ADDRESS_FAMILY_WRONG: "fd00::1" is an IPv6 address in a slice of IPv4; endpoints[0] is left out. |  EndpointSlice shop/web-x1, endpoints[0].addresses[0]',
    left: '1/TCP; 10.244.1.2',
  },
  {
    name: 'an IPv4-mapped address in a slice of IPv6',
    text: sliceText(
      'addressType: IPv6\nports: [{port: 1}]\nendpoints: [{addresses: ["::ffff:10.244.1.2"]}]',
    ),
    problem:
      '<input>:25:26: error ADDRESS_FAMILY_WRONG: "::ffff:10.244.1.2" is an IPv4 address in a slice of IPv6; endpoints[0] is left out. |  EndpointSlice shop/web-x1, endpoints[0].addresses[0]',
    left: '1/TCP; ',
  },
  {
    name: 'an IPv4-mapped address in a slice of IPv4',
    text: sliceText(
      'addressType: IPv4\nports: [{port: 1}]\nendpoints: [{addresses: ["::ffff:10.0.0.9"]}, {addresses: [10.244.1.2]}]',
    ),
    problem:
      '<input>:25:26: error IP_INVALID: "::ffff:10.0.0.9" is no plain IPv4 address; endpoints[0] is left out. |  EndpointSlice shop/web-x1, endpoints[0].addresses[0]',
    left: '1/TCP; 10.244.1.2',
  },
  {
    name: 'an endpoint whose address is none',
    text: sliceText(
      'addressType: IPv4\nports: [{port: 1}]\nendpoints: [{addresses: [10.244.1.2]}, {addresses: [10.244.x]}]',
    ),
    problem:
      '<input>:25:53: error IP_INVALID: "10.244.x" is no IP address; endpoints[1] is left out. |  EndpointSlice shop/web-x1, endpoints[1].addresses[0]',
    left: '1/TCP; 10.244.1.2',
  },
  {
    name: 'a port without a number',
    text: sliceText('addressType: IPv4\nports: [{name: a}, {name: b, port: 8080}]\nendpoints: []'),
    problem:
      '<input>:24:9: warning PORT_NUMBER_MISSING: The port has no number; ports[0] is left out. |  EndpointSlice shop/web-x1, ports[0]',
    left: '8080/TCP; ',
  },
  {
    name: 'a port with the number 0',
    text: sliceText(
      'addressType: IPv4\nports: [{name: a, port: 0}, {name: b, port: 8080}]\nendpoints: []',
    ),
    problem:
      '<input>:24:9: warning PORT_NUMBER_MISSING: The port has no number; ports[0] is left out. |  EndpointSlice shop/web-x1, ports[0]',
    left: '8080/TCP; ',
  },
  {
    name: 'a port out of range',
    text: sliceText(
      'addressType: IPv4\nports: [{name: a, port: 65536}, {name: b, port: 8080, protocol: UDP}]\nendpoints: []',
    ),
    problem:
      '<input>:24:25: error PORT_NUMBER_INVALID: 65536 is no port number (1 to 65535); ports[0] is left out. |  EndpointSlice shop/web-x1, ports[0].port',
    left: '8080/UDP; ',
  },
  {
    name: 'a wrong protocol',
    text: sliceText(
      'addressType: IPv4\nports: [{name: a, port: 1, protocol: ICMP}, {name: b, port: 8080}]\nendpoints: []',
    ),
    problem:
      '<input>:24:38: error PROTOCOL_UNKNOWN: "ICMP" is none of TCP, UDP, SCTP; ports[0] is left out. |  EndpointSlice shop/web-x1, ports[0].protocol',
    left: '8080/TCP; ',
  },
  {
    name: 'a condition that is no boolean',
    text: sliceText(
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
