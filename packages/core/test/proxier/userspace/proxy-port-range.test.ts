import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../../src/config/default-configuration.ts';
import {
  defaultProxyPorts,
  proxyPortRange,
  reservedPorts,
} from '../../../src/proxier/userspace/proxy-port-range.ts';

test.for<[string, number, number]>([
  ['1000-2000', 1000, 2000],
  ['1000+10', 1000, 1010],
  ['1000', 1000, 1000],
  ['0-10', 1, 10],
])('portRange %j is %i to %i', ([portRange, first, last]) => {
  expect(proxyPortRange({ ...defaultConfiguration, portRange })).toEqual({ first, last });
});

test.for(['', '0-0', '0', ' '])('portRange %j leaves the choice to us', (portRange) => {
  expect(proxyPortRange({ ...defaultConfiguration, portRange })).toEqual(defaultProxyPorts);
});

test('the default lies below node ports and the ports of clients', () => {
  expect(defaultProxyPorts).toEqual({ first: 10_000, last: 29_999 });
});

test('ports of the components are kept free, and where the configuration puts them', () => {
  expect(reservedPorts(defaultConfiguration)).toEqual(
    expect.arrayContaining([10_249, 10_250, 10_256]),
  );
  const healthzBindAddress = '[::]:12345';
  expect(reservedPorts({ ...defaultConfiguration, healthzBindAddress })).toContain(12_345);
});
