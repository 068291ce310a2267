import type { Situation } from '../../src/explain/situation.ts';
import type { Endpoint } from '../../src/service/endpoint.ts';
import type { ServicePort } from '../../src/service/service-port.ts';
import { resolvedOf } from './model.ts';

export interface SituationFields extends Partial<
  Pick<Situation, 'mode' | 'detector' | 'undetectedBridge' | 'masqueradeAll'>
> {
  readonly servicePort?: Partial<ServicePort>;
  readonly endpoints?: readonly Endpoint[];
}

/** A service port on node-a in iptables mode, where pods are told by 10.0.0.0/8; without endpoints, unless it says otherwise. */
export function situationOf({
  servicePort = {},
  endpoints = [],
  ...fields
}: SituationFields): Situation {
  return {
    ...resolvedOf(servicePort, endpoints),
    mode: 'iptables',
    detector: { kind: 'cidr', cidr: '10.0.0.0/8' },
    undetectedBridge: undefined,
    masqueradeAll: false,
    ...fields,
  };
}
