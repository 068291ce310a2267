import { expect, test } from 'vitest';
import { explainIpvsClient } from '../../src/explain/explain-ipvs-client.ts';
import type { AddressKind, Client, ClientExplanation } from '../../src/explain/explanation.ts';
import { local, remote } from '../support/model.ts';
import { situationOf, type SituationFields } from '../support/situation.ts';

const external = { nodePort: 30_080, loadBalancerVIPs: ['192.0.2.7'] };
const externalLocal = { ...external, externalPolicyLocal: true };
const fallback = 'the policy is Local, but without an endpoint of this node all are used';

interface Case {
  readonly what: string;
  readonly fields: SituationFields;
  readonly kind: AddressKind;
  readonly expected: Readonly<Partial<Record<Client, Omit<ClientExplanation, 'client'>>>>;
}

const masqueraded = {
  outcome: 'delivered',
  endpoints: 'cluster',
  keepsSource: false,
  why: 'externalTrafficPolicy is Cluster, which masquerades everything',
} as const;
const kept = {
  outcome: 'delivered',
  endpoints: 'local',
  keepsSource: true,
  why: 'externalTrafficPolicy is Local, which masquerades nothing',
} as const;
const away = {
  outcome: 'delivered',
  endpoints: 'cluster',
  keepsSource: true,
  why: `${fallback}, and nothing is masqueraded`,
} as const;
const lost = {
  outcome: 'lost',
  endpoints: 'cluster',
  keepsSource: true,
  why: `${fallback}; nothing is masqueraded, so the answer goes past this node`,
} as const;
const refused = { outcome: 'refused', why: 'no endpoint can be used' } as const;

test.for<Case>([
  {
    what: 'policy Cluster',
    fields: { servicePort: external, endpoints: [remote] },
    kind: 'load balancer IP',
    expected: { pod: masqueraded, node: masqueraded, outside: masqueraded },
  },
  {
    what: 'policy Local knows no short cut',
    fields: { servicePort: externalLocal, endpoints: [remote, local] },
    kind: 'node port',
    expected: { pod: kept, node: kept, outside: kept },
  },
  {
    what: 'policy Local, the node calls an address of its own kube-ipvs0',
    fields: { servicePort: externalLocal, endpoints: [local] },
    kind: 'load balancer IP',
    expected: {
      node: { ...kept, why: `${kept.why}; the node sends from the address that it calls` },
    },
  },
  {
    what: 'policy Local without a local endpoint',
    fields: { servicePort: externalLocal, endpoints: [remote] },
    kind: 'load balancer IP',
    expected: { pod: away, node: lost, outside: lost },
  },
  {
    what: 'policy Local without a local endpoint, by a node port',
    fields: { servicePort: externalLocal, endpoints: [remote] },
    kind: 'node port',
    expected: { pod: away, node: away, outside: lost },
  },
  {
    what: 'no endpoints',
    fields: { servicePort: externalLocal },
    kind: 'external IP',
    expected: { pod: refused, node: refused, outside: refused },
  },
  {
    what: 'internal policy Local, cluster IP only',
    fields: { servicePort: { internalPolicyLocal: true }, endpoints: [remote] },
    kind: 'cluster IP',
    expected: {
      pod: {
        outcome: 'refused',
        why: 'internalTrafficPolicy is Local, and no endpoint of this node can be used',
      },
    },
  },
  {
    what: 'internal policy Local beside other addresses',
    fields: { servicePort: { ...external, internalPolicyLocal: true }, endpoints: [remote] },
    kind: 'cluster IP',
    expected: {
      pod: {
        outcome: 'delivered',
        endpoints: 'cluster',
        keepsSource: true,
        why: `${fallback}; it counts as a pod: its address is within 10.0.0.0/8`,
      },
    },
  },
])('$what, $kind', ({ fields, kind, expected }) => {
  const situation = situationOf({ mode: 'ipvs', ...fields });
  const explained = (['pod', 'node', 'outside'] as const)
    .filter((client) => expected[client])
    .map((client) => explainIpvsClient(situation, { client, kind }));
  const wanted = explained.map(({ client }) => ({ client, ...expected[client] }));
  expect(explained.length).toBeGreaterThan(0);
  expect(explained).toEqual(wanted);
});
