import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import { originOf } from '../shared/origin-of.ts';
import type { IpvsContext } from './context.ts';
import { addressEntry } from './entry.ts';
import type { Fragment, KeyedEntry } from './fragment.ts';
import { virtualServer } from './virtual-server.ts';

/** The cluster IP: bound to kube-ipvs0, and a virtual server. */
export function clusterIPParts(
  resolved: ResolvedServicePort,
  context: IpvsContext,
): Partial<Fragment> {
  const { servicePort } = resolved;
  const { clusterIP: ip, port, internalPolicyLocal: isLocal } = servicePort;
  const address = { ip, port, reason: 'cluster IP' };
  return {
    entries: [addressEntry('KUBE-CLUSTER-IP', servicePort, address)],
    virtualServers: [virtualServer(resolved, context, { ...address, isLocal })],
    addresses: [ip],
  };
}

/** Every endpoint of this node, whatever its conditions: traffic from it to itself is masqueraded. */
export function hairpinParts({
  servicePort,
  allEndpoints,
}: ResolvedServicePort): Partial<Fragment> {
  const { protocol } = servicePort;
  const entries = allEndpoints
    .filter(({ isLocal }) => isLocal)
    .map((endpoint): KeyedEntry => {
      const { ip, port } = endpoint;
      return {
        set: 'KUBE-LOOP-BACK',
        entry: { kind: 'hash:ip,port,ip', ip, protocol, port, secondIP: ip },
        origin: originOf(servicePort, 'hairpin', endpoint),
      };
    });
  return { entries };
}
