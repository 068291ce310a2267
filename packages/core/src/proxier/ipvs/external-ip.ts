import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import type { IpvsContext } from './context.ts';
import { addressEntry } from './entry.ts';
import type { Fragment } from './fragment.ts';
import { virtualServer } from './virtual-server.ts';

/** External IPs: virtual servers, bound to kube-ipvs0 unless another interface has the address. */
export function externalIPParts(
  resolved: ResolvedServicePort,
  context: IpvsContext,
): Partial<Fragment> {
  const { servicePort } = resolved;
  const { externalIPs, port, externalPolicyLocal: isLocal } = servicePort;
  const set = isLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP';
  const addresses = externalIPs.map((ip) => ({ ip, port, reason: 'external IP' }));
  return {
    entries: addresses.map((address) => addressEntry(set, servicePort, address)),
    virtualServers: addresses.map((address) =>
      virtualServer(resolved, context, { ...address, isLocal }),
    ),
    addresses: externalIPs.filter((ip) => !context.interfaceIPs.has(ip)),
  };
}
