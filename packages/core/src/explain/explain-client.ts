import { trafficOf } from '../service/traffic.ts';
import { explainClusterIPSource } from './explain-cluster-ip-source.ts';
import { explainIpvsClient } from './explain-ipvs-client.ts';
import type { ClientExplanation } from './explanation.ts';
import type { Call, Situation } from './situation.ts';

/** What becomes of a call, and which source address the endpoint sees. As kernels were seen to do it. */
export function explainClient(situation: Situation, call: Call): ClientExplanation {
  if (situation.mode === 'ipvs') return explainIpvsClient(situation, call);
  return call.kind === 'cluster IP'
    ? explainClusterIP(situation, call)
    : explainExternal(situation, call);
}

function explainClusterIP(situation: Situation, { client }: Call): ClientExplanation {
  switch (trafficOf(situation).internalRefusal) {
    case 'no endpoints':
      return { client, outcome: 'refused', why: 'no endpoint can be used' };
    case 'no local endpoints':
      return {
        client,
        outcome: 'dropped',
        why: 'internalTrafficPolicy is Local, and no endpoint of this node can be used',
      };
    case undefined: {
      const isLocal = situation.servicePort.internalPolicyLocal;
      const endpoints = isLocal ? 'local' : 'cluster';
      return {
        client,
        outcome: 'delivered',
        endpoints,
        ...explainClusterIPSource(situation, client),
      };
    }
  }
}

function explainExternal(situation: Situation, call: Call): ClientExplanation {
  const { client } = call;
  if (!situation.endpoints.hasAny) return explainNoEndpoints(situation, call);
  if (!situation.servicePort.externalPolicyLocal) {
    const why = 'externalTrafficPolicy is Cluster, which masquerades everything';
    return { client, outcome: 'delivered', endpoints: 'cluster', keepsSource: false, why };
  }
  const shortCut = explainShortCut(situation, call);
  if (shortCut) return shortCut;
  if (situation.endpoints.local.length === 0) {
    const why = 'externalTrafficPolicy is Local, and no endpoint of this node can be used';
    return { client, outcome: 'dropped', why };
  }
  const why = 'externalTrafficPolicy is Local, which masquerades nothing from outside';
  return { client, outcome: 'delivered', endpoints: 'local', keepsSource: true, why };
}

/** With policy Local, what comes from pods that can be told, and from the node, goes to all endpoints. */
function explainShortCut(
  { detector, undetectedBridge }: Situation,
  { client }: Call,
): ClientExplanation | undefined {
  const shortCut = { client, outcome: 'delivered', endpoints: 'cluster' } as const;
  if (client === 'pod' && detector && undetectedBridge === undefined) {
    const why = 'externalTrafficPolicy is Local, but pods are led to all endpoints';
    return { ...shortCut, keepsSource: true, why };
  }
  if (client !== 'node') return undefined;
  const why = 'externalTrafficPolicy is Local, but the node is led to all endpoints, masqueraded';
  return { ...shortCut, keepsSource: false, why };
}

/** In iptables mode what the node sends itself is not rejected, but for its own addresses. */
function explainNoEndpoints({ mode }: Situation, { client, kind }: Call): ClientExplanation {
  const isLost = mode === 'iptables' && client === 'node' && kind !== 'node port';
  if (!isLost) return { client, outcome: 'refused', why: 'no endpoint can be used' };
  const why = 'no endpoint can be used, and what the node sends itself is not rejected';
  return { client, outcome: 'lost', why };
}
