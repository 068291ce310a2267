import { expect, test } from 'vitest';
import { explainClient } from '../../src/explain/explain-client.ts';
import type { AddressKind, Client } from '../../src/explain/explanation.ts';
import { local, remote } from '../support/model.ts';
import { situationOf, type SituationFields } from '../support/situation.ts';

const clients: readonly Client[] = ['pod', 'node', 'outside'];

/** Of each client what becomes of it, by which endpoints, and whether its address is kept. */
function outcomes(fields: SituationFields, kind: AddressKind): string[] {
  const situation = situationOf(fields);
  return clients.map((client) => {
    const { outcome, endpoints, keepsSource } = explainClient(situation, { client, kind });
    const source = keepsSource === undefined ? '' : keepsSource ? ' kept' : ' masqueraded';
    return `${outcome}${endpoints === undefined ? '' : ` ${endpoints}`}${source}`;
  });
}

const modes = ['iptables', 'nftables'] as const;
const external = { nodePort: 30_080, externalIPs: ['192.0.2.7'] };
const externalLocal = { ...external, externalPolicyLocal: true };
const clusterToAll = 'delivered cluster masqueraded';

for (const mode of modes) {
  test(`${mode}, cluster IP`, () => {
    const all = { mode, endpoints: [remote, local] };
    expect(outcomes(all, 'cluster IP')).toEqual([
      'delivered cluster kept',
      clusterToAll,
      clusterToAll,
    ]);
    const ofNode = { ...all, servicePort: { internalPolicyLocal: true } };
    expect(outcomes(ofNode, 'cluster IP')[0]).toBe('delivered local kept');
    expect(outcomes({ mode }, 'cluster IP')).toEqual(['refused', 'refused', 'refused']);
    const away = { ...ofNode, endpoints: [remote] };
    expect(outcomes(away, 'cluster IP')).toEqual(['dropped', 'dropped', 'dropped']);
  });

  test(`${mode}, external policy Cluster masquerades everything`, () => {
    const fields = { mode, servicePort: external, endpoints: [remote] };
    for (const kind of ['external IP', 'load balancer IP', 'node port'] as const)
      expect(outcomes(fields, kind)).toEqual([clusterToAll, clusterToAll, clusterToAll]);
  });

  test(`${mode}, external policy Local: pods and the node take a short cut`, () => {
    const fields = { mode, servicePort: externalLocal, endpoints: [remote, local] };
    expect(outcomes(fields, 'node port')).toEqual([
      'delivered cluster kept',
      clusterToAll,
      'delivered local kept',
    ]);
    expect(outcomes({ ...fields, endpoints: [remote] }, 'node port')).toEqual([
      'delivered cluster kept',
      clusterToAll,
      'dropped',
    ]);
  });

  test(`${mode}, external policy Local: pods that cannot be told are like anybody outside`, () => {
    const fields = { mode, servicePort: externalLocal, endpoints: [remote, local] };
    const expected = ['delivered local kept', clusterToAll, 'delivered local kept'];
    expect(outcomes({ ...fields, detector: undefined }, 'external IP')).toEqual(expected);
    expect(outcomes({ ...fields, undetectedBridge: 'cni0' }, 'external IP')).toEqual(expected);
  });
}

test('no endpoints: the node itself is refused by nftables, and not by iptables unless it asks its own address', () => {
  const servicePort = external;
  for (const kind of ['external IP', 'load balancer IP'] as const) {
    expect(outcomes({ servicePort }, kind)).toEqual(['refused', 'lost', 'refused']);
    expect(outcomes({ servicePort, mode: 'nftables' }, kind)).toEqual([
      'refused',
      'refused',
      'refused',
    ]);
  }
  expect(outcomes({ servicePort }, 'node port')).toEqual(['refused', 'refused', 'refused']);
});

test.for<[string, SituationFields, AddressKind, Client]>([
  ['no endpoint can be used', {}, 'cluster IP', 'pod'],
  [
    'internalTrafficPolicy is Local, and no endpoint of this node can be used',
    { servicePort: { internalPolicyLocal: true, nodePort: 1 }, endpoints: [remote] },
    'cluster IP',
    'pod',
  ],
  [
    'externalTrafficPolicy is Cluster, which masquerades everything',
    { servicePort: external, endpoints: [remote] },
    'node port',
    'pod',
  ],
  [
    'externalTrafficPolicy is Local, but pods are led to all endpoints',
    { servicePort: externalLocal, endpoints: [remote] },
    'node port',
    'pod',
  ],
  [
    'externalTrafficPolicy is Local, but the node is led to all endpoints, masqueraded',
    { servicePort: externalLocal, endpoints: [remote] },
    'node port',
    'node',
  ],
  [
    'externalTrafficPolicy is Local, and no endpoint of this node can be used',
    { servicePort: externalLocal, endpoints: [remote] },
    'node port',
    'outside',
  ],
  [
    'externalTrafficPolicy is Local, which masquerades nothing from outside',
    { servicePort: externalLocal, endpoints: [local] },
    'node port',
    'outside',
  ],
  [
    'no endpoint can be used, and what the node sends itself is not rejected',
    { servicePort: external },
    'external IP',
    'node',
  ],
])('%s', ([why, fields, kind, client]) => {
  expect(explainClient(situationOf(fields), { client, kind }).why).toBe(why);
});
