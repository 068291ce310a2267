import { expect, test } from 'vitest';
import { compileForNode, nearestRelease } from '../src/compile-for-node.ts';
import { rulesOfRuleset } from '../src/rules-of-ruleset.ts';
import { compile } from '../src/compile.ts';
import { UnusableSnapshotError } from '../src/unusable-snapshot-error.ts';
import { snapshotOf } from './support/cluster.ts';

const snapshot = snapshotOf({});

test('the layout is the one that the node has, unless another is asked for', () => {
  const fast = rulesOfRuleset(compile(snapshot, 'nftables', { layout: 'fast' }));
  const options = { live: fast, release: '1.36' } as const;
  expect(compileForNode(snapshot, 'nftables', options)).toMatchObject({ layout: 'fast' });
  const asked = { ...options, layout: 'kube-proxy' } as const;
  expect(compileForNode(snapshot, 'nftables', asked)).toMatchObject({ layout: 'kube-proxy' });
  expect(compileForNode(snapshot, 'iptables', options)).toEqual(compile(snapshot, 'iptables'));
});

function near(distances: Readonly<Record<string, number>>): string {
  return nearestRelease(snapshot, 'iptables', {
    match: (release) => release,
    distanceOf: (release) => distances[release] ?? 0,
  });
}

test('the nearest release, of two alike the newer', () => {
  expect(near({ '1.30': 1, '1.36': 2 })).toBe('1.30');
  expect(near({ '1.30': 2, '1.36': 1 })).toBe('1.36');
  expect(near({ '1.30': 1, '1.36': 1 })).toBe('1.36');
});

test('a snapshot that no release compiles is refused', () => {
  const unknown = { ...snapshot, config: { ...snapshot.config, clusterCIDR: 'none' } };
  expect(() =>
    nearestRelease(unknown, 'iptables', { match: (release) => release, distanceOf: () => 0 }),
  ).toThrow(UnusableSnapshotError);
});
