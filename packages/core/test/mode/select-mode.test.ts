import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import type { Capabilities } from '../../src/mode/capabilities.ts';
import { selectMode, type SelectModeOptions } from '../../src/mode/select-mode.ts';
import type { ModeSelection } from '../../src/mode/select-mode.ts';
import type { ProxyMode } from '../../src/config/configuration.ts';

const capable: Capabilities = {
  kernel: '6.1.0',
  iptables: { IPv4: true, IPv6: true },
  ipset: '7.17',
  ipvsSchedulers: ['rr'],
  nft: '1.0.6',
};
const withoutIpset: Capabilities = {
  kernel: '6.1.0',
  iptables: { IPv4: true, IPv6: true },
  ipvsSchedulers: ['rr'],
  nft: '1.0.6',
};

function select(
  mode: ProxyMode,
  capabilities: Capabilities,
  options?: SelectModeOptions,
): ModeSelection {
  return selectMode({ ...defaultConfiguration, mode }, capabilities, options);
}

test('without a configured mode it is iptables', () => {
  expect(select('', capable)).toEqual({
    mode: 'iptables',
    families: ['IPv4', 'IPv6'],
    reason: "No mode is configured, and kube-proxy's default is iptables.",
    rejected: [],
  });
});

test.for(['iptables', 'ipvs', 'nftables'] as const)('the configured mode %s runs', (mode) => {
  expect(select(mode, capable)).toEqual({
    mode,
    families: ['IPv4', 'IPv6'],
    reason: `Mode ${mode} is configured.`,
    rejected: [],
  });
});

const noIpset = 'ipset is not there, and must be 6.0 or later';

test('a mode that cannot run is refused, as kube-proxy does it', () => {
  expect(select('ipvs', withoutIpset)).toEqual({
    mode: undefined,
    families: [],
    reason: `Mode ipvs cannot run (${noIpset}): kube-proxy refuses to start.`,
    rejected: [{ mode: 'ipvs', reasons: [noIpset] }],
  });
});

test('the default is refused likewise, with all reasons', () => {
  expect(select('', {})).toEqual({
    mode: undefined,
    families: [],
    reason:
      'Mode iptables cannot run (iptables cannot read the IPv4 nat table): kube-proxy refuses to start.',
    rejected: [{ mode: 'iptables', reasons: ['iptables cannot read the IPv4 nat table'] }],
  });
});

test('with a fallback list the next mode that can runs', () => {
  expect(select('ipvs', withoutIpset, { fallback: ['iptables'] })).toEqual({
    mode: 'iptables',
    families: ['IPv4', 'IPv6'],
    reason: `Mode ipvs cannot run (${noIpset}); iptables is the next of the fallback list.`,
    rejected: [{ mode: 'ipvs', reasons: [noIpset] }],
  });
});

test('the list is tried in its order, and names every mode that was wanted', () => {
  const capabilities = { kernel: '5.4', iptables: { IPv4: true }, nft: '1.0.6' };
  const { mode, families, reason, rejected } = select('ipvs', capabilities, {
    fallback: ['nftables', 'iptables'],
  });
  expect([mode, families]).toEqual(['iptables', ['IPv4']]);
  expect(reason).toBe(
    `Mode ipvs cannot run (${noIpset}; the kernel has no IPVS), ` +
      'Mode nftables cannot run (the kernel is 5.4, and must be 5.13 or later); ' +
      'iptables is the next of the fallback list.',
  );
  expect(rejected.map((one) => one.mode)).toEqual(['ipvs', 'nftables']);
});

test('a list on which nothing can run is refused', () => {
  const { mode, reason, rejected } = select('ipvs', {}, { fallback: ['iptables'] });
  expect(mode).toBeUndefined();
  expect(reason).toMatch(
    /^Mode ipvs cannot run \(.*\), Mode iptables cannot run \(.*\): kube-proxy refuses to start\.$/,
  );
  expect(rejected.map((one) => one.mode)).toEqual(['ipvs', 'iptables']);
});

test('the configured mode is not tried twice', () => {
  expect(select('ipvs', {}, { fallback: ['ipvs', 'ipvs'] }).rejected).toHaveLength(1);
});

test('a fallback list does not change a mode that can run', () => {
  expect(select('ipvs', capable, { fallback: ['nftables'] })).toEqual(select('ipvs', capable));
});

const onlyIPv6: Capabilities = { ...capable, iptables: { IPv6: true } };

test.for<[string, SelectModeOptions, ModeSelection['mode']]>([
  ['0.0.0.0', {}, undefined],
  ['192.0.2.11', {}, undefined],
  ['::', {}, 'iptables'],
  ['2001:db8::11', {}, 'iptables'],
  ['0.0.0.0', { primaryFamily: 'IPv6' }, 'iptables'],
  ['::', { primaryFamily: 'IPv4' }, undefined],
])('with bindAddress %s and %o a node of IPv6 only runs %s', ([bindAddress, options, mode]) => {
  const selection = selectMode({ ...defaultConfiguration, bindAddress }, onlyIPv6, options);
  expect(selection.mode).toBe(mode);
  expect(selection.families).toEqual(mode === undefined ? [] : ['IPv6']);
});

test('what a mode asks depends on the release; the newest is the default', () => {
  expect(select('nftables', capable).mode).toBe('nftables');
  expect(select('nftables', capable, { release: '1.30' })).toMatchObject({
    mode: undefined,
    rejected: [
      { mode: 'nftables', reasons: ['release 1.30 needs the feature gate NFTablesProxyMode'] },
    ],
  });
});

test('it changes nothing', () => {
  const config = { ...defaultConfiguration, mode: 'ipvs' as const };
  const before = structuredClone([config, withoutIpset]);
  expect(selectMode(config, withoutIpset)).toEqual(selectMode(config, withoutIpset));
  expect([config, withoutIpset]).toEqual(before);
});
