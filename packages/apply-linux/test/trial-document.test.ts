import { expect, test } from 'vitest';
import { addedRules, printTrial } from '../src/trial-document.ts';

const input = `*nat
:KUBE-SERVICES - [0:0]
:KUBE-SVC-OLD - [0:0]
-D PREROUTING -j KUBE-SERVICES
-I PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A KUBE-SERVICES -d 10.96.0.1/32 -j KUBE-SVC-AAAAAAAAAAAAAAAA
-X KUBE-SVC-OLD
COMMIT
*mangle
-X KUBE-PROXY-CANARY
COMMIT
*filter
-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
COMMIT
`;

test('what an input adds, by table; tables that only lose rules are left out', () => {
  expect(addedRules(input)).toEqual([
    {
      name: 'nat',
      rules: [
        '-I PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
        '-A KUBE-SERVICES -d 10.96.0.1/32 -j KUBE-SVC-AAAAAAAAAAAAAAAA',
      ],
    },
    { name: 'filter', rules: ['-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP'] },
  ]);
});

test('an input that stands alone declares each chain that it names, and no target', () => {
  expect(printTrial(addedRules(input))).toBe(`*nat
:KUBE-SERVICES - [0:0]
:KUBE-SVC-AAAAAAAAAAAAAAAA - [0:0]
-I PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A KUBE-SERVICES -d 10.96.0.1/32 -j KUBE-SVC-AAAAAAAAAAAAAAAA
COMMIT
*filter
:KUBE-FORWARD - [0:0]
-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
COMMIT
`);
});
