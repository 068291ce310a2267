import { expect, test } from 'vitest';
import type { Sourced } from '../../src/snapshot/check-objects.ts';
import {
  findDuplicatePortNames,
  findNodePortConflicts,
} from '../../src/snapshot/check-service-ports.ts';
import { serviceSchema, type Service, type ServiceInput } from '../../src/snapshot/service.ts';

type Ports = NonNullable<NonNullable<ServiceInput['spec']>['ports']>;

function sourced(name: string, ports: Ports): Sourced<Service> {
  const value = { metadata: { name, namespace: 'shop' }, spec: { ports } };
  const object = { kind: 'Service', apiVersion: 'v1', value, rangeOf: () => undefined, text: '' };
  return { object, value: serviceSchema.parse(value), originalPath: (path) => path };
}

test.for<[string, Ports, string[]]>([
  [
    'different names',
    [
      { name: 'a', port: 1 },
      { name: 'b', port: 2 },
    ],
    [],
  ],
  ['one port without a name', [{ port: 1 }], []],
  [
    'a name twice',
    [
      { name: 'a', port: 1 },
      { name: 'a', port: 2 },
    ],
    ['spec.ports[1].name'],
  ],
  [
    'a name thrice',
    [
      { name: 'a', port: 1 },
      { name: 'a', port: 2 },
      { name: 'a', port: 3 },
    ],
    ['spec.ports[1].name', 'spec.ports[2].name'],
  ],
  [
    'a name twice, of two protocols',
    [
      { name: 'a', port: 1 },
      { name: 'a', port: 1, protocol: 'UDP' },
    ],
    ['spec.ports[1].name'],
  ],
  ['two ports without a name', [{ port: 1 }, { port: 2 }], ['spec.ports[1].name']],
])('port names: %s', ([, ports, paths]) => {
  const found = findDuplicatePortNames(sourced('web', ports));
  expect(found.flatMap(({ objects }) => objects.map(({ path }) => path))).toEqual(paths);
  for (const { code } of found) expect(code).toBe('PORT_NAME_DUPLICATE');
});

test.for<[string, Ports, Ports, string[]]>([
  ['none', [{ port: 1 }], [{ port: 1 }], []],
  ['different ones', [{ port: 1, nodePort: 30_000 }], [{ port: 1, nodePort: 30_001 }], []],
  [
    'one for two protocols',
    [{ port: 1, nodePort: 30_000 }],
    [{ port: 1, nodePort: 30_000, protocol: 'UDP' }],
    [],
  ],
  [
    'one claimed twice',
    [{ port: 1, nodePort: 30_000 }],
    [{ port: 2 }, { port: 3, nodePort: 30_000 }],
    ['b spec.ports[1].nodePort, a'],
  ],
  [
    'one claimed twice by one Service',
    [
      { port: 1, nodePort: 30_000 },
      { port: 2, nodePort: 30_000 },
    ],
    [],
    ['a spec.ports[1].nodePort, a'],
  ],
])('node ports: %s', ([, a, b, expected]) => {
  const found = findNodePortConflicts([sourced('a', a), sourced('b', b)]);
  const shown = found.map(
    ({ objects: [claimant, holder] }) => `${claimant?.name} ${claimant?.path}, ${holder?.name}`,
  );
  expect(shown).toEqual(expected);
  for (const { code } of found) expect(code).toBe('NODE_PORT_CONFLICT');
});
