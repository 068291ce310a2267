import { expect, test } from 'vitest';
import {
  chooseProxyPorts,
  type PortChoice,
  type PortRequest,
} from '../../../src/proxier/userspace/choose-proxy-ports.ts';

function requestOf(key: string, claimedPorts: readonly number[] = []): PortRequest {
  return { key, service: key.replace(/:.*/, ''), claimedPorts };
}

const choice: PortChoice = {
  range: { first: 20_000, last: 20_009 },
  reserved: [],
  created: new Map(),
  wanted: {},
  former: {},
};

function choose(
  requests: readonly PortRequest[],
  fields: Partial<PortChoice> = {},
): Record<string, number> {
  return Object.fromEntries(chooseProxyPorts(requests, { ...choice, ...fields }).ports);
}

const names = 'abcdefghij'.split('').map((letter) => `ns/${letter}:p/tcp`);

test('every name finds a port while there are some, and then none', () => {
  const { ports, exhausted } = chooseProxyPorts(
    [...names, 'ns/k:p/tcp'].map((name) => requestOf(name)),
    choice,
  );
  expect(new Set(ports.values())).toEqual(
    new Set(Array.from({ length: 10 }, (_, index) => 20_000 + index)),
  );
  expect(exhausted).toEqual([requestOf('ns/k:p/tcp')]);
});

test('a Service that comes later moves none, however the names meet', () => {
  const created = new Map(names.map((name, index) => [requestOf(name).service, 9 - index]));
  const inOrder = names.toReversed();
  const all = choose(
    names.map((name) => requestOf(name)),
    { created },
  );
  expect(new Set(Object.values(all)).size).toBe(10);
  for (let count = 1; count <= 10; count++) {
    const present = inOrder.slice(0, count).toSorted();
    const chosen = choose(
      present.map((name) => requestOf(name)),
      { created },
    );
    for (const name of present) expect(chosen[name]).toBe(all[name]);
  }
});

test('without a time of creation a Service comes after those that have one', () => {
  const [first = ''] = names;
  const created = new Map(names.slice(1).map((name) => [requestOf(name).service, 1]));
  const requests = names.map((name) => requestOf(name));
  const before = choose(requests.slice(1), { created });
  expect(choose(requests, { created })).toMatchObject(before);
  expect(Object.keys(before)).not.toContain(first);
});

test('what is wanted is had, also outside of the range, then what the node has', () => {
  const requests = names.slice(0, 3).map((name) => requestOf(name));
  const wanted = { 'ns/b:p/tcp': 36_123, 'ns/gone:p/tcp': 20_001 };
  const former = { 'ns/a:p/tcp': 20_007, 'ns/b:p/tcp': 20_008, 'ns/c:p/tcp': 36_123 };
  const { ports, duplicates } = chooseProxyPorts(requests, { ...choice, wanted, former });
  expect(ports.get('ns/a:p/tcp')).toBe(20_007);
  expect(ports.get('ns/b:p/tcp')).toBe(36_123);
  expect(ports.get('ns/c:p/tcp')).toBeLessThan(20_010);
  expect(duplicates).toEqual([]);
});

test('of two that want one port the later is chosen anew', () => {
  const requests = names.slice(0, 2).map((name) => requestOf(name));
  const wanted = { 'ns/b:p/tcp': 1234, 'ns/a:p/tcp': 1234 };
  const { ports, duplicates } = chooseProxyPorts(requests, { ...choice, wanted });
  expect(ports.get('ns/a:p/tcp')).toBe(1234);
  expect(ports.get('ns/b:p/tcp')).toBeGreaterThanOrEqual(20_000);
  expect(duplicates).toEqual([requestOf('ns/b:p/tcp')]);
});

test('ports that are claimed or reserved are not chosen', () => {
  const claimed = Array.from({ length: 8 }, (_, index) => 20_000 + index);
  const [a = ''] = names;
  expect(choose([requestOf(a, claimed)], { reserved: [20_008] })).toEqual({ [a]: 20_009 });
  expect(choose([requestOf(a, [...claimed, 20_008, 20_009])])).toEqual({});
});

test('a claim that comes later moves no port that was there before', () => {
  const created = new Map([
    ['ns/a', 1],
    ['ns/b', 2],
  ]);
  const before = choose([requestOf('ns/a:p/tcp')], { created });
  const later = requestOf('ns/b:p/tcp', Object.values(before));
  expect(choose([requestOf('ns/a:p/tcp'), later], { created })).toMatchObject(before);
});
