import { expect, test } from 'vitest';
import { behaviourOf } from '../../src/service/behaviour.ts';

test('release 1.36 knows topology by node, nfacct, the keyword primary and nftables mode', () => {
  expect(behaviourOf('1.36', {})).toEqual({
    headlessLabelHidesService: false,
    proxyNameLabelHidesSlice: false,
    ingressIPMode: true,
    zoneHints: true,
    hintsNeedAnnotation: false,
    nodeHints: true,
    zeroRangeAllowsAll: true,
    localDuplicateWins: false,
    nfacct: true,
    primaryNodePortAddresses: true,
    nftablesMode: true,
    mostConnections: 1_048_576,
  });
});

test('release 1.30 knows none of that, and wants an annotation for zone hints', () => {
  expect(behaviourOf('1.30', {})).toEqual({
    headlessLabelHidesService: true,
    proxyNameLabelHidesSlice: true,
    ingressIPMode: true,
    zoneHints: true,
    hintsNeedAnnotation: true,
    nodeHints: false,
    zeroRangeAllowsAll: false,
    localDuplicateWins: true,
    nfacct: false,
    primaryNodePortAddresses: false,
    nftablesMode: false,
    mostConnections: Infinity,
  });
});

test.for([
  ['LoadBalancerIPMode', false, 'ingressIPMode', false],
  ['TopologyAwareHints', false, 'zoneHints', false],
  ['ServiceTrafficDistribution', true, 'hintsNeedAnnotation', false],
] as const)('in release 1.30 the gate %s: %s sets %s to %s', ([gate, value, field, expected]) => {
  expect(behaviourOf('1.30', { [gate]: value })).toEqual({
    ...behaviourOf('1.30', {}),
    [field]: expected,
  });
});

test.for(['LoadBalancerIPMode', 'TopologyAwareHints', 'ServiceTrafficDistribution'])(
  'in release 1.36 the gate %s is locked',
  (gate) => {
    for (const value of [true, false]) {
      expect(behaviourOf('1.36', { [gate]: value })).toEqual(behaviourOf('1.36', {}));
    }
  },
);
