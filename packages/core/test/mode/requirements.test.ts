import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import type { Capabilities } from '../../src/mode/capabilities.ts';
import {
  servedFamilies,
  unmetRequirements,
  type Candidate,
  type RunnableMode,
} from '../../src/mode/requirements.ts';

const capable: Capabilities = {
  kernel: '6.1.0-18-amd64',
  iptables: { IPv4: true, IPv6: true },
  ipset: 'ipset v7.17, protocol version: 7',
  ipvsSchedulers: ['rr', 'wrr', 'mh'],
  nft: 'nftables v1.0.6 (Lester Gooch #5)',
};

const modes: readonly RunnableMode[] = ['iptables', 'ipvs', 'userspace', 'nftables'];

function candidateOf(fields: Partial<Candidate> = {}): Candidate {
  return {
    config: defaultConfiguration,
    capabilities: capable,
    release: '1.36',
    primaryFamily: 'IPv4',
    ...fields,
  };
}

function schedulerOf(scheduler: string): Candidate['config'] {
  return { ...defaultConfiguration, ipvs: { ...defaultConfiguration.ipvs, scheduler } };
}

test('a capable node can run each mode, for both families', () => {
  for (const mode of modes) {
    expect(unmetRequirements(mode, candidateOf())).toEqual([]);
    expect(servedFamilies(mode, candidateOf())).toEqual(['IPv4', 'IPv6']);
  }
});

const noNat = 'iptables cannot read the IPv4 nat table';

/** What each mode asks: the specification, sections 3.1, 4.8 and 7.7. */
test.for<[RunnableMode, string, Partial<Candidate>, readonly string[]]>([
  ['iptables', 'no iptables', { capabilities: { ...capable, iptables: {} } }, [noNat]],
  ['userspace', 'no iptables', { capabilities: { ...capable, iptables: {} } }, [noNat]],
  ['userspace', 'nothing but iptables', { capabilities: { iptables: { IPv4: true } } }, []],
  [
    'iptables',
    'the other family only',
    { capabilities: { ...capable, iptables: { IPv4: false, IPv6: true } } },
    [noNat],
  ],
  [
    'iptables',
    'the primary family only',
    { capabilities: { ...capable, iptables: { IPv4: true } } },
    [],
  ],
  [
    'iptables',
    'IPv6 is primary and missing',
    { capabilities: { ...capable, iptables: { IPv4: true } }, primaryFamily: 'IPv6' },
    ['iptables cannot read the IPv6 nat table'],
  ],
  ['iptables', 'nothing but iptables', { capabilities: { iptables: { IPv4: true } } }, []],
  ['ipvs', 'no iptables', { capabilities: { ...capable, iptables: {} } }, [noNat]],
  ['ipvs', 'the least ipset', { capabilities: { ...capable, ipset: '6.0' } }, []],
  [
    'ipvs',
    'an old ipset',
    { capabilities: { ...capable, ipset: '5.9' } },
    ['ipset is 5.9, and must be 6.0 or later'],
  ],
  ['ipvs', 'another scheduler', { config: schedulerOf('mh') }, []],
  [
    'ipvs',
    'a scheduler that is not there',
    { config: schedulerOf('sed') },
    ['the kernel has no IPVS scheduler sed'],
  ],
  [
    'ipvs',
    'no scheduler rr, which is the default',
    { capabilities: { ...capable, ipvsSchedulers: ['wrr'] } },
    ['the kernel has no IPVS scheduler rr'],
  ],
  [
    'ipvs',
    'nothing',
    { capabilities: {} },
    [noNat, 'ipset is not there, and must be 6.0 or later', 'the kernel has no IPVS'],
  ],
  [
    'ipvs',
    'neither nft nor a new kernel',
    { capabilities: { ...capable, nft: '0', kernel: '4' } },
    [],
  ],
  [
    'nftables',
    'the least kernel and nft, and no iptables',
    { capabilities: { kernel: '5.13.0', nft: '1.0.1' } },
    [],
  ],
  [
    'nftables',
    'an old kernel and nft',
    { capabilities: { kernel: '5.10.0-28-amd64', nft: 'v0.9.8' } },
    [
      'the kernel is 5.10.0-28-amd64, and must be 5.13 or later',
      'nft is v0.9.8, and must be 1.0.1 or later',
    ],
  ],
  [
    'nftables',
    'nothing',
    { capabilities: {} },
    [
      'the kernel is not there, and must be 5.13 or later',
      'nft is not there, and must be 1.0.1 or later',
    ],
  ],
  [
    'nftables',
    'a release before its gate was on',
    { release: '1.30' },
    ['release 1.30 needs the feature gate NFTablesProxyMode'],
  ],
  [
    'nftables',
    'that release with the gate on',
    {
      release: '1.30',
      config: { ...defaultConfiguration, featureGates: { NFTablesProxyMode: true } },
    },
    [],
  ],
])('mode %s with %s', ([mode, , fields, reasons]) => {
  expect(unmetRequirements(mode, candidateOf(fields))).toEqual(reasons);
});

test.for<[RunnableMode, readonly string[]]>([
  ['iptables', ['IPv6']],
  ['ipvs', ['IPv6']],
  // nftables takes it for granted that both work.
  ['nftables', ['IPv4', 'IPv6']],
])('mode %s serves, where iptables has IPv6 only, %o', ([mode, families]) => {
  const capabilities = { ...capable, iptables: { IPv4: false, IPv6: true } };
  expect(servedFamilies(mode, candidateOf({ capabilities }))).toEqual(families);
});

test.for<[NonNullable<Capabilities['nftablesFeatures']>, readonly string[]]>([
  [{}, []],
  [{ fib: true, numgen: true, dnatToMap: true, masquerade: true, fastLayout: true }, []],
  [{ fastLayout: false }, []],
  [{ fib: false }, ['the kernel was built without CONFIG_NFT_FIB_IPV4 and CONFIG_NFT_FIB_IPV6']],
  [
    { numgen: false, masquerade: false },
    [
      'the kernel was built without CONFIG_NFT_NUMGEN',
      'the kernel was built without CONFIG_NFT_MASQ',
    ],
  ],
])('of features %o, nftables misses %o', ([nftablesFeatures, missing]) => {
  const candidate = candidateOf({ capabilities: { ...capable, nftablesFeatures } });
  expect(unmetRequirements('nftables', candidate)).toEqual(missing);
  expect(unmetRequirements('iptables', candidate)).toEqual([]);
});
