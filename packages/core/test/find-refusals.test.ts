import { expect, test } from 'vitest';
import { findRefusals } from '../src/find-refusals.ts';
import { createSnapshot, type Mode, type Release, type SnapshotInput } from '../src/index.ts';
import { snapshotOf } from './support/cluster.ts';

function pathsOf(config: SnapshotInput['config'], mode: Mode = 'iptables'): string[] {
  return findRefusals(snapshotOf({ config: config ?? {} }), mode, '1.36').map(
    ({ objects }) => objects[0]?.path ?? '',
  );
}

test('a usable snapshot has none', () => {
  expect(findRefusals(snapshotOf(), 'iptables', '1.36')).toEqual([]);
});

test('they begin with what parsing found, which is not said again', () => {
  const { snapshot } = createSnapshot({ config: { oomScoreAdj: 5000, clusterCIDR: 'x' } });
  expect(snapshot.unusable.map(({ code }) => code)).toEqual([
    'CONFIG_VALUE_INVALID',
    'CONFIG_VALUE_INVALID',
    'NODE_AMBIGUOUS',
  ]);
  expect(findRefusals(snapshot, 'iptables', '1.36')).toEqual(snapshot.unusable);
});

test('a section of another mode is looked at only where that mode is wanted', () => {
  const config = { mode: 'iptables', ipvs: { excludeCIDRs: ['nonsense'] } } as const;
  expect(pathsOf({ ...config, ipvs: { excludeCIDRs: ['nonsense'] } })).toEqual([]);
  expect(pathsOf({ ...config, ipvs: { excludeCIDRs: ['nonsense'] } }, 'ipvs')).toEqual([
    'ipvs.excludeCIDRs[0]',
  ]);
});

test('a snapshot whose configuration was made by hand is checked all the same', () => {
  const snapshot = snapshotOf();
  const changed = { ...snapshot, config: { ...snapshot.config, clusterCIDR: '10.0.0.0/33' } };
  expect(findRefusals(changed, 'iptables', '1.36')).toEqual([
    {
      code: 'CONFIG_VALUE_INVALID',
      severity: 'error',
      message: '"10.0.0.0/33" is no CIDR.',
      objects: [{ kind: 'KubeProxyConfiguration', path: 'clusterCIDR' }],
    },
  ]);
});

test.for<[string, Release, readonly string[]]>([
  ['1.35', '1.36', []],
  ['1.29', '1.30', []],
  ['1.36', '1.36', ['"1.36" is not the release before 1.36, 1.35.']],
  ['1.35', '1.30', ['"1.35" is not the release before 1.30, 1.29.']],
])('hidden metrics of %s are refused in release %s: %o', ([metrics, release, messages]) => {
  const snapshot = snapshotOf({ config: { showHiddenMetricsForVersion: metrics } });
  expect(findRefusals(snapshot, 'iptables', release).map(({ message }) => message)).toEqual(
    messages,
  );
});

const otherLayout =
  'Mode nftables is known as release 1.36 writes it; release 1.30 has another layout.';

test.for<[Release, Readonly<Record<string, boolean>>, readonly string[]]>([
  ['1.36', {}, []],
  ['1.30', {}, [otherLayout]],
  ['1.30', { NFTablesProxyMode: true }, [otherLayout]],
])('in release %s with gates %o mode nftables is refused: %o', (row) => {
  const [release, featureGates, messages] = row;
  const refusals = findRefusals(snapshotOf({ config: { featureGates } }), 'nftables', release);
  expect(refusals.map(({ message }) => message)).toEqual(messages);
  for (const { objects } of refusals)
    expect(objects).toEqual([{ kind: 'KubeProxyConfiguration', path: 'mode' }]);
});

test('an interface name that nft would misread is refused in mode nftables only', () => {
  const detectLocal = { bridgeInterface: 'br#0' };
  const config = { detectLocalMode: 'BridgeInterface', detectLocal } as const;
  expect(pathsOf(config)).toEqual([]);
  expect(pathsOf(config, 'nftables')).toEqual(['detectLocal.bridgeInterface']);
});

test.for<[Release, number]>([
  ['1.36', 0],
  ['1.30', 1],
])('in release %s the keyword primary is refused %i times', ([release, count]) => {
  const snapshot = snapshotOf({ config: { nodePortAddresses: ['primary'] } });
  expect(findRefusals(snapshot, 'iptables', release)).toHaveLength(count);
});
