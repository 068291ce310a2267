import { explainClusterIPSource } from './explain-cluster-ip-source.ts';
import type { ClientExplanation } from './explanation.ts';
import type { Call, Situation } from './situation.ts';

/** The same in ipvs mode, which knows no short cuts, and under policy Local takes remote endpoints where none is local. */
export function explainIpvsClient(situation: Situation, call: Call): ClientExplanation {
  const { servicePort, endpoints } = situation;
  const { client, kind } = call;
  const isInternal = kind === 'cluster IP';
  const isLocal = isInternal ? servicePort.internalPolicyLocal : servicePort.externalPolicyLocal;
  const list = isLocal && endpoints.local.length > 0 ? 'local' : 'cluster';
  if (endpoints[list].length === 0) {
    const why = endpoints.hasAny
      ? 'internalTrafficPolicy is Local, and no endpoint of this node can be used'
      : 'no endpoint can be used';
    return { client, outcome: 'refused', why };
  }
  const fellBack = isLocal && list === 'cluster';
  if (isInternal) {
    const source = explainClusterIPSource(situation, client);
    const why = fellBack ? `${fallback}; ${source.why}` : source.why;
    return { client, outcome: 'delivered', endpoints: list, keepsSource: source.keepsSource, why };
  }
  if (!isLocal) {
    const why = 'externalTrafficPolicy is Cluster, which masquerades everything';
    return { client, outcome: 'delivered', endpoints: list, keepsSource: false, why };
  }
  return fellBack ? explainFallback(call) : explainLocal(call);
}

const fallback = 'the policy is Local, but without an endpoint of this node all are used';

function explainLocal({ client, kind }: Call): ClientExplanation {
  const sendsFromVIP = client === 'node' && kind !== 'node port';
  const why = sendsFromVIP
    ? 'externalTrafficPolicy is Local, which masquerades nothing; the node sends from the address that it calls'
    : 'externalTrafficPolicy is Local, which masquerades nothing';
  return { client, outcome: 'delivered', endpoints: 'local', keepsSource: true, why };
}

/** Without masquerading the answer comes back by this node only if the client is here. */
function explainFallback({ client, kind }: Call): ClientExplanation {
  const isHere = client === 'pod' || (client === 'node' && kind === 'node port');
  if (isHere)
    return {
      client,
      outcome: 'delivered',
      endpoints: 'cluster',
      keepsSource: true,
      why: `${fallback}, and nothing is masqueraded`,
    };
  const why = `${fallback}; nothing is masqueraded, so the answer goes past this node`;
  return { client, outcome: 'lost', endpoints: 'cluster', keepsSource: true, why };
}
