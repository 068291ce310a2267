import { expect, test } from 'vitest';
import { noMemory, rememberSlots } from '../../../../src/proxier/nftables/fast/former-slots.ts';
import { noFormerSlots, type RetiredSlot } from '../../../../src/proxier/nftables/fast/slots.ts';
import { objectName, type Table } from '../../../../src/ruleset/nftables/index.ts';
import { tableOf } from '../../../support/nftables.ts';

const origin = { reason: 'a test' };
const [endpoints, nodePorts] = [objectName('endpoints-tcp'), objectName('nodeport-endpoints-tcp')];
const data = { kind: 'payload', protocol: 'ip', field: 'daddr' } as const;

function slot(key: readonly string[], ip: string) {
  return { key, destination: { ip, port: 80 }, origin };
}

const table: Table = tableOf({
  maps: [
    {
      name: endpoints,
      type: ['ipv4_addr'],
      data,
      elements: [
        slot(['1.2.3.4', '80', '0'], '10.0.0.1'),
        slot(['1.2.3.4', '80', '2'], '10.0.0.2'),
        slot(['1.2.3.4', '443', '0'], '10.0.0.3'),
      ],
    },
    { name: nodePorts, type: ['inet_service'], data, elements: [slot(['3001', '0'], '10.0.0.4')] },
    {
      name: objectName('service-ips'),
      type: ['ipv4_addr'],
      data: 'verdict',
      elements: [{ key: ['1.2.3.4', '80', '9'], verdict: { kind: 'drop' }, origin }],
    },
  ],
});

function retiredOf(at: number, until: number): RetiredSlot {
  return { map: endpoints, place: ['1.2.3.4', '80'], slot: at, until };
}

test('after nothing, nothing is remembered', () => {
  expect(noMemory.find(endpoints, ['1.2.3.4', '80'])).toBe(noFormerSlots);
  expect([noMemory.time, noMemory.retired]).toEqual([0, []]);
});

test('slots are read off the elements, list by list', () => {
  const { find, time, retired } = rememberSlots(table, [], 7);
  expect([time, retired]).toEqual([7, []]);
  expect(find(endpoints, ['1.2.3.4', '80'])).toEqual({
    elements: new Map([
      [0, slot(['1.2.3.4', '80', '0'], '10.0.0.1')],
      [2, slot(['1.2.3.4', '80', '2'], '10.0.0.2')],
    ]),
    blocked: new Set(),
  });
  expect([...find(endpoints, ['1.2.3.4', '443']).elements.keys()]).toEqual([0]);
  expect([...find(nodePorts, ['3001']).elements.keys()]).toEqual([0]);
  expect(find(endpoints, ['3001'])).toBe(noFormerSlots);
  expect(find(objectName('service-ips'), ['1.2.3.4', '80'])).toBe(noFormerSlots);
});

test.for<[number, readonly number[]]>([
  [99, [2]],
  [100, []],
  [101, []],
])('at %d a slot that rests until 100 is no former one; blocked are %j', ([time, blocked]) => {
  const memory = rememberSlots(table, [retiredOf(2, 100)], time);
  const { elements, ...rest } = memory.find(endpoints, ['1.2.3.4', '80']);
  expect([...elements.keys()]).toEqual([0]);
  expect(rest).toEqual({ blocked: new Set(blocked) });
  expect(memory.retired).toEqual(blocked.map((at) => retiredOf(at, 100)));
});

test('a slot rests also where its list is gone', () => {
  const gone: RetiredSlot = { map: endpoints, place: ['9.9.9.9', '80'], slot: 3, until: 100 };
  expect(rememberSlots(table, [gone], 0).find(endpoints, ['9.9.9.9', '80'])).toEqual({
    elements: new Map(),
    blocked: new Set([3]),
  });
});
