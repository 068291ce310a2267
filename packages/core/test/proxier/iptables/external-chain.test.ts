import { expect, test } from 'vitest';
import { externalChainRules } from '../../../src/proxier/iptables/external-chain.ts';
import { contextOf, local, printRules, remote, routingOf } from '../../support/model.ts';

const ext = 'KUBE-EXT-XPGD46QRK7WJZT7O';
const svc = 'KUBE-SVC-XPGD46QRK7WJZT7O';
const nodePort = 30080;

const localPolicyRules = [
  `-A ${ext} -m comment --comment "pod traffic for ns1/svc1:p80 external destinations" -s 10.0.0.0/8 -j ${svc}`,
  `-A ${ext} -m comment --comment "masquerade LOCAL traffic for ns1/svc1:p80 external destinations" -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ`,
  `-A ${ext} -m comment --comment "route LOCAL traffic for ns1/svc1:p80 external destinations" -m addrtype --src-type LOCAL -j ${svc}`,
];

test('there is no chain without exposure or without endpoints', () => {
  expect(externalChainRules(routingOf(), contextOf())).toEqual({});
  expect(externalChainRules(routingOf({ nodePort }, []), contextOf())).toEqual({});
});

test('under policy Cluster all is masqueraded and goes to any endpoint', () => {
  const { natChains, natRules } = externalChainRules(routingOf({ nodePort }), contextOf());
  expect(natChains).toEqual([ext]);
  expect(printRules(natRules)).toEqual([
    `-A ${ext} -m comment --comment "masquerade traffic for ns1/svc1:p80 external destinations" -j KUBE-MARK-MASQ`,
    `-A ${ext} -j ${svc}`,
  ]);
});

test('under policy Local pods and the node reach any endpoint, others a local one', () => {
  const routing = routingOf({ nodePort, externalPolicyLocal: true }, [local, remote]);
  expect(printRules(externalChainRules(routing, contextOf()).natRules)).toEqual([
    ...localPolicyRules,
    `-A ${ext} -j KUBE-SVL-XPGD46QRK7WJZT7O`,
  ]);
});

test('where there is no local endpoint, the others find no way', () => {
  const routing = routingOf({ nodePort, externalPolicyLocal: true }, [remote]);
  expect(printRules(externalChainRules(routing, contextOf()).natRules)).toEqual(localPolicyRules);
});

test('without a detector pods are not told apart', () => {
  const routing = routingOf({ nodePort, externalPolicyLocal: true }, [remote]);
  const { natRules } = externalChainRules(routing, contextOf({ detector: undefined }));
  expect(printRules(natRules)).toEqual(localPolicyRules.slice(1));
});
