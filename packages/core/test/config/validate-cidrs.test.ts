import { expect, test } from 'vitest';
import type { KubeProxyConfiguration } from '../../src/config/configuration.ts';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { validateCIDRs } from '../../src/config/validate-cidrs.ts';
import { printPath } from '../../src/util/print-path.ts';

const ipvs = (excludeCIDRs: string[]): KubeProxyConfiguration['ipvs'] => ({
  ...defaultConfiguration.ipvs,
  excludeCIDRs,
});

test.for<[Partial<KubeProxyConfiguration>, string[]]>([
  [{ clusterCIDR: '' }, []],
  [{ clusterCIDR: '10.0.0.0/8' }, []],
  [{ clusterCIDR: '10.0.0.0/8,fd00::/64' }, []],
  [{ clusterCIDR: 'fd00::/64,10.0.0.0/8' }, []],
  [{ clusterCIDR: '10.0.0.1' }, ['clusterCIDR: "10.0.0.1" is no CIDR']],
  [{ clusterCIDR: '10.0.0.0/8, fd00::/64' }, ['clusterCIDR: " fd00::/64" is no CIDR']],
  [{ clusterCIDR: 'x,y' }, ['clusterCIDR: "x" is no CIDR', 'clusterCIDR: "y" is no CIDR']],
  [
    { clusterCIDR: '10.0.0.0/8,11.0.0.0/8' },
    ['clusterCIDR: "10.0.0.0/8,11.0.0.0/8" must hold at most one CIDR of each family'],
  ],
  [
    { clusterCIDR: '10.0.0.0/8,fd00::/64,11.0.0.0/8' },
    ['clusterCIDR: "10.0.0.0/8,fd00::/64,11.0.0.0/8" must hold at most one CIDR of each family'],
  ],
  [{ nodePortAddresses: ['10.0.0.0/8', 'fd00::/64', '11.0.0.0/8'] }, []],
  [{ nodePortAddresses: ['primary'] }, []],
  [
    { nodePortAddresses: ['10.0.0.0/8', 'primary', '10.0.0.1'] },
    ['nodePortAddresses[1]: "primary" is no CIDR', 'nodePortAddresses[2]: "10.0.0.1" is no CIDR'],
  ],
  [{ mode: 'ipvs', ipvs: ipvs(['10.0.0.0/8', 'x']) }, ['ipvs.excludeCIDRs[1]: "x" is no CIDR']],
  [{ mode: 'iptables', ipvs: ipvs(['x']) }, []],
])('%j', ([config, expected]) => {
  const violations = validateCIDRs({ ...defaultConfiguration, ...config });
  expect(violations.map(({ path, message }) => `${printPath(path)}: ${message}`)).toEqual(expected);
});
