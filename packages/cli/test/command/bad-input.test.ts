import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiagnosticCode } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { clusterText, web } from '../support/cluster.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const aliases = Array.from({ length: 12 }, (_, level) => {
  const before = Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
  return `a${level}: &a${level} [${level === 0 ? 'x' : before}]\n`;
}).join('');

function service(spec: string, metadata = '{name: bad, namespace: prod}'): string {
  return `apiVersion: v1\nkind: Service\nmetadata: ${metadata}\nspec: ${spec}\n`;
}

function slice(fields: string, label = 'web'): string {
  return `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: bad, namespace: prod${label && `, labels: {kubernetes.io/service-name: ${label}}`}}\n${fields}`;
}

const endpoints = 'endpoints: [{addresses: [10.244.9.9]}]\n';

interface Bad {
  readonly what: string;
  readonly text: string | Buffer;
  readonly code: DiagnosticCode;
  /** Where, after the file's name. */
  readonly place: string;
  readonly object?: string;
}

const bad: readonly Bad[] = [
  { what: 'broken YAML', text: 'kind: Service\nspec: [\n', code: 'YAML_SYNTAX', place: ':3:1' },
  {
    what: 'an invalid IP',
    text: service('{clusterIP: 10.96.0.300, ports: [{port: 80}]}'),
    code: 'IP_INVALID',
    place: ':4:19',
    object: 'Service prod/bad, spec.clusterIP',
  },
  {
    what: 'a port out of range',
    text: service('{clusterIP: 10.96.9.9, ports: [{port: 70000}]}'),
    code: 'PORT_NUMBER_INVALID',
    place: ':4:45',
    object: 'Service prod/bad, spec.ports[0].port',
  },
  {
    what: 'a wrong protocol',
    text: service('{clusterIP: 10.96.9.9, ports: [{port: 80, protocol: ICMP}]}'),
    code: 'PROTOCOL_UNKNOWN',
    place: ':4:59',
    object: 'Service prod/bad, spec.ports[0].protocol',
  },
  {
    what: 'duplicate port names',
    text: service('{clusterIP: 10.96.9.9, ports: [{name: a, port: 80}, {name: a, port: 81}]}'),
    code: 'PORT_NAME_DUPLICATE',
    place: ':4:66',
    object: 'Service prod/bad, spec.ports[1].name',
  },
  {
    what: 'a node port used twice',
    text: service(
      '{type: NodePort, clusterIP: 10.96.9.9, ports: [{name: a, port: 80, nodePort: 30001}, {name: b, port: 81, nodePort: 30001}]}',
    ),
    code: 'NODE_PORT_CONFLICT',
    place: ':4:',
    object: 'Service prod/bad, spec.ports[',
  },
  {
    what: 'a source range that is no CIDR',
    text: service(
      '{type: LoadBalancer, clusterIP: 10.96.9.9, ports: [{port: 80}], loadBalancerSourceRanges: [203.0.113.0/33]}',
    ),
    code: 'CIDR_INVALID',
    place: ':4:98',
    object: 'Service prod/bad, spec.loadBalancerSourceRanges[0]',
  },
  {
    what: 'a slice without a service label',
    text: slice(`addressType: IPv4\nports: [{name: http, port: 80}]\n${endpoints}`, ''),
    code: 'SERVICE_LABEL_MISSING',
    place: ':',
    object: 'EndpointSlice prod/bad',
  },
  {
    what: 'a slice of FQDNs',
    text: slice(
      'addressType: FQDN\nports: [{name: http, port: 80}]\nendpoints: [{addresses: [a.example.com]}]\n',
    ),
    code: 'ADDRESS_TYPE_UNSUPPORTED',
    place: ':4:14',
    object: 'EndpointSlice prod/bad, addressType',
  },
  {
    what: 'an address of the wrong family',
    text: slice(
      'addressType: IPv4\nports: [{name: http, port: 80}]\nendpoints: [{addresses: ["fd00::1"]}]\n',
    ),
    code: 'ADDRESS_FAMILY_WRONG',
    place: ':6:26',
    object: 'EndpointSlice prod/bad, endpoints[0].addresses[0]',
  },
  {
    what: 'a slice’s port without a number',
    text: slice(`addressType: IPv4\nports: [{name: http}]\n${endpoints}`),
    code: 'PORT_NUMBER_MISSING',
    place: ':5:9',
    object: 'EndpointSlice prod/bad, ports[0]',
  },
  {
    what: 'a name that is no DNS label',
    text: service(
      '{clusterIP: 10.96.9.9, ports: [{port: 80}]}',
      String.raw`{name: "x\" -j ACCEPT", namespace: prod}`,
    ),
    code: 'NAME_INVALID',
    place: ':3:18',
    object: 'Service prod, metadata.name',
  },
  {
    what: 'a namespace that is no DNS label',
    text: service('{clusterIP: 10.96.9.9, ports: [{port: 80}]}', '{name: bad, namespace: a/b}'),
    code: 'NAME_INVALID',
    place: ':3:34',
  },
  { what: 'an empty file', text: '', code: 'INPUT_EMPTY', place: ':1:1' },
  {
    what: 'binary input',
    text: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
    code: 'INPUT_BINARY',
    place: ':1:5',
  },
  {
    what: 'text that is no UTF-8',
    text: Buffer.from([0x61, 0x3a, 0x20, 0xff]),
    code: 'INPUT_BINARY',
    place: ':1:4',
  },
  { what: 'an alias bomb', text: aliases, code: 'ALIAS_LIMIT', place: ':' },
  {
    what: '__proto__ as a key',
    text: 'apiVersion: v1\nkind: Service\n__proto__: {polluted: true}\nmetadata: {name: db, namespace: prod}\nspec: {clusterIP: None}\n',
    code: 'KEY_UNSAFE',
    place: ':3:1',
  },
  {
    what: 'broken JSON',
    text: '{"apiVersion": "v1" "kind": "Service"}',
    code: 'JSON_SYNTAX',
    place: ':1:21',
  },
];

const good = clusterText(web);
const wholeOutput = (await runCommand(['compile'], { input: good })).out;

test.for(bad)(
  '$what: where, what, and the rest is compiled',
  async ({ text, code, place, object }) => {
    const folder = await temporaryFolder({ 'bad.yaml': text, 'good.json': good });
    const { status, out, error } = await runCommand(['compile', folder, '-n', 'node-a']);
    expect(status).toBeLessThan(2);
    expect(error).toContain(`${join(folder, 'bad.yaml')}${place}`);
    expect(error).toMatch(new RegExp(`: (error|warning) ${code}: `));
    if (object !== undefined) expect(error).toContain(`\n  ${object}`);
    expect(out.split('\n')).toEqual(expect.arrayContaining(wholeOutput.split('\n')));
    expect(status).toBe(error.includes('error ') ? 1 : 0);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  },
);

test('a 200 MB file is left out, and the rest is compiled', async () => {
  const folder = await temporaryFolder({ 'bad.yaml': '', 'good.json': good });
  await truncate(join(folder, 'bad.yaml'), 200 * 1000 * 1000);
  const { status, out, error } = await runCommand(['compile', folder]);
  expect({ status, out }).toEqual({ status: 1, out: wholeOutput });
  expect(error).toContain('bad.yaml: error INPUT_TOO_LARGE');
});

test('every kind of bad input in one stream: each is told, and the good Services are compiled', async () => {
  const texts = bad
    .map(({ text }) => text.toString())
    .filter((text) => !/[\0\ufffd]|^$/.test(text));
  const input = [good, ...texts].join('\n---\n');
  const { status, out } = await runCommand(['compile', '--json'], { input });
  expect(status).toBe(1);
  const { diagnostics, files } = JSON.parse(out) as {
    diagnostics: { code: DiagnosticCode; position?: object }[];
    files: Record<string, string>;
  };
  const told = new Set(diagnostics.filter(({ position }) => position).map(({ code }) => code));
  const inStream = bad.filter(({ text }) => texts.includes(text.toString()));
  const missing = inStream.map(({ code }) => code).filter((code) => !told.has(code));
  // The two Services of one name replace each other before their ports are compared.
  expect(
    missing.filter((code) => !code.endsWith('_CONFLICT') && code !== 'PORT_NAME_DUPLICATE'),
  ).toEqual([]);
  expect(files['ipv4.iptables']).toContain('prod/web:http cluster IP');
});
