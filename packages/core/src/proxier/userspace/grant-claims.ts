import type { ServicePort } from '../../service/service-port.ts';
import { claimsOf, wildcards, type Claim } from './claims.ts';
import { keyOf } from './key-of.ts';

/** A claim that is not granted. */
export interface LostClaim extends Claim {
  readonly servicePort: ServicePort;
  /** Who has it: `prod/web:http`. */
  readonly holder: string;
  /** Whether the holder has it for its proxy port. */
  readonly isProxyPort: boolean;
}

export interface Claimants {
  /** Of one family, in canonical order. */
  readonly servicePorts: readonly ServicePort[];
  readonly nodeAddresses: ReadonlySet<string>;
  /** Names of service ports by the proxy ports that they have. */
  readonly holders: ReadonlyMap<number, string>;
}

export interface GrantedClaims {
  /** The service ports without what they may not claim. */
  readonly servicePorts: readonly ServicePort[];
  readonly lost: readonly LostClaim[];
}

/** Gives each port of the node to the first service port that claims it, unless it is a proxy port. */
export function grantClaims({ servicePorts, nodeAddresses, holders }: Claimants): GrantedClaims {
  const granted = new Map<string, Map<string, ServicePort>>();
  const lost: LostClaim[] = [];
  const holderOf = (
    servicePort: ServicePort,
    { address, port }: Claim,
  ): ServicePort | undefined => {
    const atPort = granted.get(`${port}/${servicePort.protocol}`) ?? new Map<string, ServicePort>();
    granted.set(`${port}/${servicePort.protocol}`, atPort);
    const wildcard = wildcards[servicePort.family];
    const [first] = atPort.values();
    const holder = address === wildcard ? first : (atPort.get(wildcard) ?? atPort.get(address));
    if (holder && keyOf(holder) !== keyOf(servicePort)) return holder;
    atPort.set(address, servicePort);
    return undefined;
  };
  const granting = servicePorts.map((servicePort) => {
    const refused = claimsOf(servicePort, nodeAddresses).filter((claim) => {
      const proxied = holders.get(claim.port);
      const holder = proxied ?? holderOf(servicePort, claim)?.name;
      if (holder === undefined) return false;
      lost.push({ ...claim, servicePort, holder, isProxyPort: proxied !== undefined });
      return true;
    });
    return refused.length === 0 ? servicePort : withoutClaims(servicePort, refused);
  });
  return { servicePorts: granting, lost };
}

function withoutClaims(servicePort: ServicePort, refused: readonly Claim[]): ServicePort {
  const addresses = new Set(refused.map(({ address }) => address));
  return {
    ...servicePort,
    nodePort: addresses.has(wildcards[servicePort.family]) ? 0 : servicePort.nodePort,
    externalIPs: servicePort.externalIPs.filter((address) => !addresses.has(address)),
  };
}
