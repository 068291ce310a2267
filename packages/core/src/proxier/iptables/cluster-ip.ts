import { chains } from './chains.ts';
import type { Fragment } from './fragment.ts';
import { addressMatches, commentMatch } from '../shared/matches.ts';
import { refusalRule } from './refusal.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

/** Sends traffic for the cluster IP to the endpoints, or turns it away. */
export function clusterIPRules(routing: Routing): Partial<Fragment> {
  const { servicePort, internalChain, internalRefusal } = routing;
  const matches = addressMatches(servicePort, servicePort.clusterIP);
  if (internalRefusal) {
    return {
      filterRules: [refusalRule(routing, internalRefusal, { chain: chains.services, matches })],
    };
  }
  return {
    natRules: [
      {
        chain: chains.services,
        matches: [commentMatch(`${servicePort.name} cluster IP`), ...matches],
        target: { kind: 'jump', chain: internalChain },
        origin: originOf(servicePort, 'cluster IP'),
      },
    ],
  };
}
