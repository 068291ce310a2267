import { chains } from './chains.ts';
import type { Fragment } from './fragment.ts';
import { addressMatches, commentMatch } from '../shared/matches.ts';
import { externalRefusalRules } from './refusal.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

/** Sends traffic for each external IP to the external chain, and turns it away where policy Local has no endpoint. */
export function externalIPRules(routing: Routing): Partial<Fragment> {
  const { servicePort, endpoints } = routing;
  const { name, externalIPs } = servicePort;
  const accepted = endpoints.hasAny ? externalIPs : [];
  return {
    natRules: accepted.map((ip) => ({
      chain: chains.services,
      matches: [commentMatch(`${name} external IP`), ...addressMatches(servicePort, ip)],
      target: { kind: 'jump', chain: routing.chains.external },
      origin: originOf(servicePort, 'external IP'),
    })),
    filterRules: externalRefusalRules(
      routing,
      externalIPs.map((ip) => addressMatches(servicePort, ip)),
    ),
  };
}
