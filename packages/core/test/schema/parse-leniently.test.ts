import * as fc from 'fast-check';
import { arbitraryHostileString } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { booleanField, ipField, oneOf, portNumberField } from '../../src/schema/field.ts';
import { parseLeniently } from '../../src/schema/parse-leniently.ts';
import { endpointSliceSchema } from '../../src/snapshot/endpoint-slice.ts';
import { serviceSchema } from '../../src/snapshot/service.ts';
import { printPath } from '../../src/util/print-path.ts';

const schema = z.object({
  name: z.string(),
  note: z.string().optional(),
  ips: z.array(ipField).default([]),
  ports: z
    .array(
      z.object({
        port: portNumberField,
        protocol: oneOf(['TCP', 'UDP'], { code: 'PROTOCOL_UNKNOWN' }).default('TCP'),
        extra: z.object({ on: booleanField(0).optional() }).optional(),
      }),
    )
    .default([]),
  sub: z.object({ must: z.object({ deep: ipField }), may: ipField.optional() }).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});

function deepFreeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

test('says where a value of what is left stood', () => {
  const input = { name: 'a', ips: ['x', '192.0.2.1', 'y', '192.0.2.2'] };
  const { value, originalPath } = parseLeniently(schema, input);
  expect(value?.ips).toEqual(['192.0.2.1', '192.0.2.2']);
  expect(originalPath(['ips', 1])).toEqual(['ips', 3]);
  expect(originalPath(['name'])).toEqual(['name']);
  const whole = parseLeniently(schema, { name: 'a', ips: ['192.0.2.1'] });
  expect(whole.originalPath(['ips', 0])).toEqual(['ips', 0]);
});

/** What is left, and for each finding `CODE path, left out: path`. */
function parse(input: unknown): { value: unknown; findings: string[] } {
  const { value, findings } = parseLeniently(schema, deepFreeze(input));
  return {
    value,
    findings: findings.map(
      ({ code, path, leftOut }) => `${code} ${printPath(path)}, left out: ${printPath(leftOut)}`,
    ),
  };
}

const empty = { name: 'a', ips: [], ports: [] };
const tcp = (port: number): unknown => ({ port, protocol: 'TCP' });

test.for<[string, unknown, unknown, string[]]>([
  ['nothing wrong', { name: 'a', unknown: 1 }, empty, []],
  [
    'a wrong element of a list goes alone',
    { name: 'a', ips: ['1.1.1.1', 'x', '3.3.3.3'] },
    { ...empty, ips: ['1.1.1.1', '3.3.3.3'] },
    ['IP_INVALID ips[1], left out: ips[1]'],
  ],
  [
    'several wrong elements keep their own places',
    { name: 'a', ips: ['x', '1.1.1.1', 'y', 4, '5.5.5.5'] },
    { ...empty, ips: ['1.1.1.1', '5.5.5.5'] },
    [
      'IP_INVALID ips[0], left out: ips[0]',
      'IP_INVALID ips[2], left out: ips[2]',
      'TYPE_INVALID ips[3], left out: ips[3]',
    ],
  ],
  [
    'a wrong field may take the element along',
    { name: 'a', ports: [{ port: 1, protocol: 'TPC' }, { port: 2 }] },
    { ...empty, ports: [tcp(2)] },
    ['PROTOCOL_UNKNOWN ports[0].protocol, left out: ports[0]'],
  ],
  [
    'a missing required field of an element takes the element along',
    { name: 'a', ports: [{}, { port: 2 }] },
    { ...empty, ports: [tcp(2)] },
    ['FIELD_MISSING ports[0].port, left out: ports[0]'],
  ],
  [
    'several errors of one element are all reported',
    { name: 'a', ports: [{ port: 70_000, protocol: 'X' }] },
    empty,
    [
      'PORT_NUMBER_INVALID ports[0].port, left out: ports[0]',
      'PROTOCOL_UNKNOWN ports[0].protocol, left out: ports[0]',
    ],
  ],
  [
    'an optional field with a check of its own goes alone',
    { name: 'a', sub: { must: { deep: '1.1.1.1' }, may: 'x' } },
    { ...empty, sub: { must: { deep: '1.1.1.1' } } },
    ['IP_INVALID sub.may, left out: sub.may'],
  ],
  [
    'a wrong type takes what encloses the field along',
    { name: 'a', labels: { a: 'x', b: 1 } },
    empty,
    ['TYPE_INVALID labels.b, left out: labels'],
  ],
  [
    'a boolean may go alone',
    { name: 'a', ports: [{ port: 1, extra: { on: 'yes' } }] },
    { ...empty, ports: [{ port: 1, protocol: 'TCP', extra: {} }] },
    ['TYPE_INVALID ports[0].extra.on, left out: ports[0].extra.on'],
  ],
  [
    'what is required escalates, step by step, under one finding',
    { name: 'a', sub: { must: { deep: 'x' } } },
    empty,
    ['IP_INVALID sub.must.deep, left out: sub'],
  ],
  [
    'a required field of the whole leaves nothing',
    { name: 1 },
    undefined,
    ['TYPE_INVALID name, left out: '],
  ],
  ['no object leaves nothing', 'text', undefined, ['TYPE_INVALID , left out: ']],
  ['null is no object', null, undefined, ['TYPE_INVALID , left out: ']],
  [
    'null counts as unset, silently',
    {
      name: 'a',
      note: null,
      ips: null,
      sub: null,
      labels: { a: null, b: 'x' },
      ports: [{ port: 1, protocol: null, extra: null }],
    },
    { ...empty, labels: { b: 'x' }, ports: [tcp(1)] },
    [],
  ],
  [
    'null in a list is a wrong element',
    { name: 'a', ips: ['1.1.1.1', null] },
    { ...empty, ips: ['1.1.1.1'] },
    ['TYPE_INVALID ips[1], left out: ips[1]'],
  ],
  [
    'null in a required field is missing',
    { name: 'a', ports: [{ port: 1 }, { port: null }] },
    { ...empty, ports: [tcp(1)] },
    ['FIELD_MISSING ports[1].port, left out: ports[1]'],
  ],
  [
    'later rounds report the places of the input, not of what is left',
    {
      name: 'a',
      ips: ['x', '1.1.1.1'],
      ports: [{ port: 0 }, { port: 1 }, { port: null }, { port: 'x' }, { port: 5 }, { port: null }],
    },
    { ...empty, ips: ['1.1.1.1'], ports: [tcp(1), tcp(5)] },
    [
      'IP_INVALID ips[0], left out: ips[0]',
      'PORT_NUMBER_INVALID ports[0].port, left out: ports[0]',
      'TYPE_INVALID ports[3].port, left out: ports[3]',
      'FIELD_MISSING ports[2].port, left out: ports[2]',
      'FIELD_MISSING ports[5].port, left out: ports[5]',
    ],
  ],
])('%s', ([, input, value, findings]) => {
  expect(parse(input)).toEqual({ value, findings });
});

test('a check of the whole object that comes in a second round names the places of the input', () => {
  const slice = {
    metadata: { name: 'a', labels: { 'kubernetes.io/service-name': 's' } },
    addressType: 'IPv4',
    ports: [{ protocol: 'X', port: 1 }, { port: 0 }, { port: 3 }],
    endpoints: [
      { addresses: [1] },
      { addresses: 'x' },
      { addresses: ['::1'] },
      { addresses: ['1.1.1.1'] },
    ],
  };
  const { value, findings } = parseLeniently(endpointSliceSchema, deepFreeze(slice));
  expect(findings.map(({ code, path }) => [code, printPath(path)])).toEqual([
    ['PROTOCOL_UNKNOWN', 'ports[0].protocol'],
    ['TYPE_INVALID', 'endpoints[0].addresses[0]'],
    ['TYPE_INVALID', 'endpoints[1].addresses'],
    ['PORT_NUMBER_MISSING', 'ports[1]'],
    ['ADDRESS_FAMILY_WRONG', 'endpoints[2].addresses[0]'],
  ]);
  expect(value?.ports.map(({ port }) => port)).toEqual([3]);
  expect(value?.endpoints.map(({ addresses }) => addresses)).toEqual([[], ['1.1.1.1']]);
});

test('a field of the wrong type goes alone where that is asked for', () => {
  const input = { name: 'a', sub: { must: { deep: '1.1.1.1' }, may: 5 }, labels: { a: 'x', b: 1 } };
  const { value, findings } = parseLeniently(schema, input, { wrongTypeLevels: 0 });
  expect(value).toEqual({ ...empty, sub: { must: { deep: '1.1.1.1' } }, labels: { a: 'x' } });
  expect(findings.map(({ leftOut }) => printPath(leftOut))).toEqual(['sub.may', 'labels.b']);
});

test('20,000 wrong elements take no quadratic time', () => {
  const ips = Array.from({ length: 20_000 }, (_, index) => `x${index}`);
  const ports = ips.map((_, index) => (index % 2 === 0 ? { port: null } : { port: 0 }));
  const before = performance.now();
  const { findings } = parse({ name: 'a', ips, ports });
  expect(findings).toHaveLength(40_000);
  expect(performance.now() - before).toBeLessThan(15_000);
});

const key = fc.constantFrom(
  'metadata',
  'name',
  'namespace',
  'labels',
  'spec',
  'ports',
  'port',
  'protocol',
  'status',
  'loadBalancer',
  'ingress',
  'ip',
  'externalIPs',
  'addressType',
  'endpoints',
  'addresses',
  'conditions',
  'ready',
  'hints',
  'kubernetes.io/service-name',
  '__proto__',
  'constructor',
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(null, true, 0, 80, -1, 1.5, '', 'a', 'IPv4', 'TCP', '10.0.0.1', '::1', 'x y'),
    arbitraryHostileString(),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
  ),
}));
const metadata = { name: 'a', labels: { 'kubernetes.io/service-name': 'a' } };

test.for([
  ['a Service', serviceSchema],
  ['an EndpointSlice', endpointSliceSchema],
] as const)(
  'whatever is given for %s: it ends, changes nothing, and what is left is valid',
  ([, schema]) => {
    const almost = fc.tuple(tree, tree, tree).map(([spec, ports, endpoints]) => ({
      metadata,
      spec,
      addressType: 'IPv4',
      ports,
      endpoints,
    }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), tree, almost), (input) => {
        const { value, findings } = parseLeniently<unknown>(schema, deepFreeze(input));
        if (value === undefined) expect(findings.length).toBeGreaterThan(0);
        else expect(schema.safeParse(value).success).toBe(true);
        for (const { path, leftOut } of findings) {
          expect(path.length).toBeGreaterThanOrEqual(leftOut.length);
        }
      }),
      { numRuns: 500 },
    );
  },
);

test('an object without a prototype is asked for nothing', () => {
  const hostile: unknown = Object.assign(Object.create(null), {
    constructor: Object.assign(Object.create(null), { name: Object.create(null) }),
  });
  const { value, findings } = parseLeniently<unknown>(serviceSchema, {
    metadata,
    spec: { ports: hostile },
  });
  expect(value).toBeUndefined();
  expect(findings.length).toBeGreaterThan(0);
});
