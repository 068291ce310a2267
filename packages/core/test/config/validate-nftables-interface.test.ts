import { expect, test } from 'vitest';
import type { DetectLocalMode } from '../../src/config/configuration.ts';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { validateConfiguration } from '../../src/config/validate-configuration.ts';
import { validateNftablesInterface } from '../../src/config/validate-nftables-interface.ts';

const bridge = 'detectLocal.bridgeInterface';
const prefix = 'detectLocal.interfaceNamePrefix';

test.for<[DetectLocalMode, string, string | undefined]>([
  ['', 'a#b', undefined],
  ['ClusterCIDR', 'a#b', undefined],
  ['NodeCIDR', 'a#b', undefined],
  ['BridgeInterface', 'cni0', undefined],
  ['BridgeInterface', '_br-0.1', undefined],
  ['BridgeInterface', '.br', undefined],
  // nft takes the next four, as something else.
  ['BridgeInterface', 'a#b', bridge],
  ['BridgeInterface', 'br*', bridge],
  ['BridgeInterface', 'a|b', bridge],
  ['BridgeInterface', '00', bridge],
  ['BridgeInterface', 'a;b', bridge],
  ['BridgeInterface', 'a{b', bridge],
  ['BridgeInterface', 'a,b', bridge],
  ['BridgeInterface', 'a$b', bridge],
  ['BridgeInterface', 'a@b', bridge],
  ['BridgeInterface', 'a~b', bridge],
  ['BridgeInterface', '-a', bridge],
  ['BridgeInterface', '1br', bridge],
  ['InterfaceNamePrefix', 'veth', undefined],
  ['InterfaceNamePrefix', 'veth*', prefix],
  ['InterfaceNamePrefix', 'veth;', prefix],
  // No Linux interface can have these: that is told already.
  ['BridgeInterface', '', undefined],
  ['BridgeInterface', 'a b', undefined],
])('detectLocalMode %j with the name %j: wrong is %s', ([detectLocalMode, name, wrong]) => {
  const detectLocal = { bridgeInterface: name, interfaceNamePrefix: name };
  const config = { ...defaultConfiguration, detectLocalMode, detectLocal };
  const violations = validateNftablesInterface(config);
  expect(violations.map(({ path }) => path.join('.'))).toEqual(wrong === undefined ? [] : [wrong]);
  if (wrong === undefined) return;
  expect(violations[0]?.message).toBe(
    `${JSON.stringify(name)} is no name that nft reads as one word, as mode nftables needs it`,
  );
  expect(validateConfiguration({ ...config, mode: 'iptables' })).toEqual([]);
  expect(validateConfiguration({ ...config, mode: 'nftables' })).toEqual(violations);
});
