import { expect, test } from 'vitest';
import { userspaceJumps } from '../../../src/proxier/userspace/jumps.ts';
import { parseJumps, printJumps } from '../../../src/ruleset/iptables/index.ts';

/** The specification, section 5.1, word by word. */
const text = `-t nat -N KUBE-PORTALS-CONTAINER
-t nat -I PREROUTING -m comment --comment "handle ClusterIPs; NOTE: this must be before the NodePort rules" -j KUBE-PORTALS-CONTAINER
-t nat -N KUBE-PORTALS-HOST
-t nat -I OUTPUT -m comment --comment "handle ClusterIPs; NOTE: this must be before the NodePort rules" -j KUBE-PORTALS-HOST
-t nat -N KUBE-NODEPORT-CONTAINER
-t nat -A PREROUTING -m addrtype --dst-type LOCAL -m comment --comment "handle service NodePorts; NOTE: this must be the last rule in the chain" -j KUBE-NODEPORT-CONTAINER
-t nat -N KUBE-NODEPORT-HOST
-t nat -A OUTPUT -m addrtype --dst-type LOCAL -m comment --comment "handle service NodePorts; NOTE: this must be the last rule in the chain" -j KUBE-NODEPORT-HOST
-t filter -N KUBE-NODEPORT-NON-LOCAL
-t filter -I INPUT -m comment --comment "Ensure that non-local NodePort traffic can flow" -j KUBE-NODEPORT-NON-LOCAL
`;

test('the five rows come in their order, each chain before the jump to it', () => {
  expect(printJumps(userspaceJumps)).toBe(text);
});

test('what is printed is read', () => {
  const { jumps, diagnostics } = parseJumps(text);
  expect(diagnostics).toEqual([]);
  expect(jumps.items.map(({ kind }) => kind)).toEqual([
    'newChain',
    'prepend',
    'newChain',
    'prepend',
    'newChain',
    'append',
    'newChain',
    'append',
    'newChain',
    'prepend',
  ]);
});
