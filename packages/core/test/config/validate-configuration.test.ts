import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { validateConfiguration } from '../../src/config/validate-configuration.ts';
import { printPath } from '../../src/util/print-path.ts';

test("kube-proxy's defaults are valid", () => {
  expect(validateConfiguration(defaultConfiguration)).toEqual([]);
});

test('reports all violations at once, each with its path', () => {
  const { iptables, ipvs, nftables, conntrack } = defaultConfiguration;
  const broken = {
    ...defaultConfiguration,
    bindAddress: 'x',
    oomScoreAdj: 1001,
    portRange: '2-1',
    iptables: { ...iptables, masqueradeBit: -1, syncPeriod: '1s', minSyncPeriod: '2s' },
    ipvs: { ...ipvs, tcpTimeout: '-1s' },
    nftables: { ...nftables, masqueradeBit: 32 },
    conntrack: { ...conntrack, min: -1 },
  };
  const always = [
    'bindAddress: "x" is no IP address',
    'iptables.masqueradeBit: -1 is not between 0 and 31',
    'iptables.syncPeriod: "1s" is shorter than minSyncPeriod, "2s"',
    'oomScoreAdj: 1001 is not between -1000 and 1000',
    'conntrack.min: -1 is less than 0',
    'portRange: "2-1" is no range of ports',
  ];
  const inMode = (mode: 'ipvs' | 'nftables' | 'iptables'): string[] =>
    validateConfiguration({ ...broken, mode }).map(
      ({ path, message }) => `${printPath(path)}: ${message}`,
    );
  expect(inMode('iptables')).toEqual(always);
  expect(inMode('ipvs')).toEqual([...always, 'ipvs.tcpTimeout: "-1s" is less than 0']);
  expect(inMode('nftables')).toEqual([
    ...always,
    'nftables.masqueradeBit: 32 is not between 0 and 31',
  ]);
});

test.for<[string, boolean]>([
  ['', true],
  [' ', true],
  ['80', true],
  ['0-0', true],
  ['30000-32767', true],
  ['30000+100', true],
  ['65535', true],
  ['65536', false],
  ['1-65536', false],
  ['65535+1', false],
  ['2-1', false],
  ['-1', false],
  ['1-', false],
  ['a-b', false],
  ['1-2-3', false],
])('portRange %j is valid: %s', ([portRange, valid]) => {
  expect(validateConfiguration({ ...defaultConfiguration, portRange }).length === 0).toBe(valid);
});

test.for<[string, boolean]>([
  ['0.0.0.0:10256', true],
  ['[::]:10256', true],
  ['127.0.0.1:1', true],
  ['127.0.0.1:65535', true],
  ['127.0.0.1:0', false],
  ['127.0.0.1:65536', false],
  ['127.0.0.1', false],
  [':10256', false],
  ['localhost:10256', false],
  ['::1:10256', false],
  ['[::1]', false],
  ['127.0.0.1:x', false],
])('healthzBindAddress and metricsBindAddress %j is valid: %s', ([address, valid]) => {
  const paths = validateConfiguration({
    ...defaultConfiguration,
    healthzBindAddress: address,
    metricsBindAddress: address,
  }).map(({ path }) => path.join('.'));
  expect(paths).toEqual(valid ? [] : ['healthzBindAddress', 'metricsBindAddress']);
});

test.for<[string, boolean]>([
  ['', true],
  ['rr', true],
  ['lblcr', true],
  ['my_own', true],
  ['a'.repeat(15), true],
  ['a'.repeat(16), false],
  ['-C', false],
  ['rr -p 1', false],
  ['rr\n', false],
  ['rr\n-C', false],
  ['rré', false],
])('ipvs.scheduler %j is valid: %s', ([scheduler, valid]) => {
  const config = { ...defaultConfiguration, ipvs: { ...defaultConfiguration.ipvs, scheduler } };
  expect(validateConfiguration({ ...config, mode: 'iptables' })).toEqual([]);
  const message = `${JSON.stringify(scheduler)} is no name that an IPVS scheduler can have`;
  expect(validateConfiguration({ ...config, mode: 'ipvs' })).toEqual(
    valid ? [] : [{ path: ['ipvs', 'scheduler'], message }],
  );
});
