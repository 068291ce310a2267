import { expect, test } from 'vitest';
import { compileForNode, nearestRelease } from '../src/compile-for-node.ts';
import { rulesOfRuleset } from '../src/rules-of-ruleset.ts';
import { compile } from '../src/compile.ts';
import { releases } from '../src/service/release.ts';
import type { Snapshot } from '../src/snapshot/snapshot.ts';
import { UnusableSnapshotError } from '../src/unusable-snapshot-error.ts';
import { serviceInput, sliceInput, snapshotOf } from './support/cluster.ts';

const snapshot = snapshotOf({});

test('the layout is the one that the node has, unless another is asked for', () => {
  const fast = rulesOfRuleset(compile(snapshot, 'nftables', { layout: 'fast' }));
  const options = { live: fast, release: '1.36' } as const;
  expect(compileForNode(snapshot, 'nftables', options)).toMatchObject({ layout: 'fast' });
  const asked = { ...options, layout: 'kube-proxy' } as const;
  expect(compileForNode(snapshot, 'nftables', asked)).toMatchObject({ layout: 'kube-proxy' });
  expect(compileForNode(snapshot, 'iptables', options)).toEqual(compile(snapshot, 'iptables'));
});

test('proxy ports are those of the rules, and before them those that are asked for', () => {
  const services = [
    serviceInput(),
    serviceInput({ metadata: { name: 'svc2' }, clusterIP: '172.30.0.42' }),
  ];
  const some = snapshotOf({ services });
  const [first, second] = compile(some, 'userspace').ipv4.listeners;
  const keyOf = (listener = first): string => `${listener?.servicePort}/${listener?.protocol}`;
  const former = compile(some, 'userspace', {
    proxyPorts: { [keyOf(first)]: 11_001, [keyOf(second)]: 11_002 },
  });
  const ruleset = compileForNode(some, 'userspace', {
    live: rulesOfRuleset(former),
    release: '1.36',
    proxyPorts: { [keyOf(second)]: 11_003 },
  });
  expect(ruleset).toMatchObject({ ipv4: { listeners: [{ port: 11_001 }, { port: 11_003 }] } });
});

const endpointSlices = [sliceInput({ endpoints: [{ addresses: ['10.180.0.1'] }] })];

/** Its rules are not the same in all releases: a source range of prefix length 0 lifts the restriction since 1.36 only. */
const differing = snapshotOf({
  services: [
    serviceInput({
      type: 'LoadBalancer',
      ingress: [{ ip: '1.2.3.4' }],
      loadBalancerSourceRanges: ['0.0.0.0/0', '203.0.113.0/24'],
    }),
  ],
  endpointSlices,
});

const alike = snapshotOf({ services: [serviceInput()], endpointSlices });

function near(distances: Readonly<Record<string, number>>, of = differing): string {
  return nearestRelease(of, 'iptables', {
    compileRelease: (release) => compile(of, 'iptables', { release }),
    match: ({ release }) => release,
    distanceOf: (release) => distances[release] ?? 0,
  });
}

test('the nearest release, of two alike the newer', () => {
  expect(near({ '1.30': 1, '1.36': 2 })).toBe('1.30');
  expect(near({ '1.30': 2, '1.36': 1 })).toBe('1.36');
  expect(near({ '1.30': 1, '1.36': 1 })).toBe('1.36');
});

function matched(of: Snapshot): string[] {
  const matches: string[] = [];
  nearestRelease(of, 'iptables', {
    compileRelease: (release) => compile(of, 'iptables', { release }),
    match: ({ release }) => matches.push(release),
    distanceOf: () => 1,
  });
  return matches;
}

test('releases with the same rules are matched once, and others each', () => {
  expect(matched(alike)).toEqual([releases.at(-1)]);
  expect(matched(differing)).toEqual([releases.at(-1), '1.30']);
});

test('none is matched after one that fits', () => {
  const asked: string[] = [];
  nearestRelease(differing, 'iptables', {
    compileRelease: (release) => compile(differing, 'iptables', { release }),
    match: ({ release }) => asked.push(release),
    distanceOf: () => 0,
  });
  expect(asked).toEqual([releases.at(-1)]);
});

test('a snapshot that no release compiles is refused', () => {
  const unknown = { ...snapshot, config: { ...snapshot.config, clusterCIDR: 'none' } };
  expect(() =>
    nearestRelease(unknown, 'iptables', {
      compileRelease: (release) => compile(unknown, 'iptables', { release }),
      match: ({ release }) => release,
      distanceOf: () => 0,
    }),
  ).toThrow(UnusableSnapshotError);
});
