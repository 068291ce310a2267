import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { mergeConfiguration } from '../../src/config/merge-configuration.ts';

test('takes over what is set, field by field, and changes neither side', () => {
  const before = structuredClone(defaultConfiguration);
  const merged = mergeConfiguration(defaultConfiguration, {
    mode: 'ipvs',
    bindAddress: '',
    iptables: { masqueradeBit: 0, syncPeriod: '0s', minSyncPeriod: '2s' },
    nodePortAddresses: ['10.0.0.0/8'],
    conntrack: { maxPerCore: 0 },
  });
  expect(merged).toEqual({
    ...defaultConfiguration,
    mode: 'ipvs',
    iptables: { ...defaultConfiguration.iptables, masqueradeBit: 0, minSyncPeriod: '2s' },
    nodePortAddresses: ['10.0.0.0/8'],
    conntrack: { ...defaultConfiguration.conntrack, maxPerCore: 0 },
  });
  expect(defaultConfiguration).toEqual(before);
});

test('joins feature gates and the sections that are kept as they are, and replaces lists', () => {
  const base = mergeConfiguration(defaultConfiguration, {
    featureGates: { A: true, B: true },
    logging: { format: 'text', verbosity: 1 },
    winkernel: { networkName: 'a' },
    nodePortAddresses: ['10.0.0.0/8'],
  });
  const part = { featureGates: { B: false }, logging: { verbosity: 2 }, nodePortAddresses: [] };
  expect(mergeConfiguration(base, part)).toMatchObject({
    featureGates: { A: true, B: false },
    logging: { format: 'text', verbosity: 2 },
    winkernel: { networkName: 'a' },
    nodePortAddresses: [],
  });
});
