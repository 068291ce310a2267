import { expect, test } from 'vitest';
import type { DetectLocalMode } from '../../src/config/configuration.ts';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { validateDetectLocal } from '../../src/config/validate-detect-local.ts';

const name15 = 'a'.repeat(15);
const bridge = 'detectLocal.bridgeInterface';
const prefix = 'detectLocal.interfaceNamePrefix';

test.for<[DetectLocalMode, string, string | undefined]>([
  ['', '', undefined],
  ['ClusterCIDR', 'no/name', undefined],
  ['NodeCIDR', '', undefined],
  ['BridgeInterface', 'cni0', undefined],
  ['BridgeInterface', name15, undefined],
  ['BridgeInterface', '', bridge],
  ['BridgeInterface', `${name15}b`, bridge],
  ['BridgeInterface', 'cni0+', bridge],
  ['BridgeInterface', 'a b', bridge],
  ['BridgeInterface', 'a\n-A X', bridge],
  ['BridgeInterface', 'a"b', bridge],
  ['BridgeInterface', 'a/b', bridge],
  ['BridgeInterface', 'br-0.1:2_~', undefined],
  // Linux counts bytes: this one has 14.
  ['BridgeInterface', 'é'.repeat(7), bridge],
  ['BridgeInterface', 'a\u007f', bridge],
  ['BridgeInterface', 'a\u00a0', bridge],
  ['InterfaceNamePrefix', 'veth', undefined],
  ['InterfaceNamePrefix', 'a'.repeat(14), undefined],
  ['InterfaceNamePrefix', name15, prefix],
  ['InterfaceNamePrefix', '', prefix],
  ['InterfaceNamePrefix', 'veth!', prefix],
  ['InterfaceNamePrefix', 'vëth', prefix],
])('detectLocalMode %j with the name %j: wrong is %s', ([detectLocalMode, name, wrong]) => {
  const detectLocal = { bridgeInterface: name, interfaceNamePrefix: name };
  const violations = validateDetectLocal({ ...defaultConfiguration, detectLocalMode, detectLocal });
  expect(violations.map(({ path }) => path.join('.'))).toEqual(wrong === undefined ? [] : [wrong]);
});
