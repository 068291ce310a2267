import { printDetector } from '../service/local-traffic-detector.ts';
import type { Client, ClientExplanation } from './explanation.ts';
import type { Situation } from './situation.ts';

type Source = Required<Pick<ClientExplanation, 'keepsSource' | 'why'>>;

/** Whether the source of a call by a cluster IP is kept. An endpoint that is given itself always sees the node. */
export function explainClusterIPSource(
  { masqueradeAll, detector, undetectedBridge, mode }: Situation,
  client: Client,
): Source {
  if (masqueradeAll)
    return { keepsSource: false, why: 'masqueradeAll masquerades every call by a cluster IP' };
  if (detector) {
    const isPod = client === 'pod' && undetectedBridge === undefined;
    const told = printDetector(detector, isPod);
    if (isPod) return { keepsSource: true, why: `it counts as a pod: ${told}` };
    const instead = client === 'pod' ? `it comes in by ${undetectedBridge}; ` : '';
    return { keepsSource: false, why: `it does not count as a pod: ${instead}${told}` };
  }
  if (mode === 'ipvs' && client === 'node')
    return { keepsSource: false, why: 'it sends from the cluster IP itself, which is masqueraded' };
  return { keepsSource: true, why: 'pods cannot be told from others, so nothing is masqueraded' };
}
