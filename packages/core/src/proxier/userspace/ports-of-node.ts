import type { ResolvedFamily } from '../../service/resolve-family.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { compareText } from '../../util/compare-text.ts';
import {
  chooseProxyPorts,
  type ChosenPorts,
  type PortRequest,
  type ProxyPorts,
} from './choose-proxy-ports.ts';
import { claimsOf } from './claims.ts';
import { keyOf } from './key-of.ts';
import { proxyPortRange, reservedPorts } from './proxy-port-range.ts';

export interface NodePorts extends ChosenPorts {
  /** Names of service ports by their proxy ports. */
  readonly holders: ReadonlyMap<number, string>;
}

export interface NodeFacts {
  readonly nodeAddresses: ReadonlySet<string>;
  readonly former: ProxyPorts;
}

/** The proxy ports of a node: one for each service port, whichever families it has. */
export function portsOfNode(
  { config, nodeState, services }: Snapshot,
  resolved: readonly ResolvedFamily[],
  { nodeAddresses, former }: NodeFacts,
): NodePorts {
  const requests = new Map<string, PortRequest>();
  const names = new Map<string, string>();
  for (const { servicePort } of resolved.flatMap(({ servicePorts }) => servicePorts)) {
    const key = keyOf(servicePort);
    const claimedPorts = claimsOf(servicePort, nodeAddresses).map(({ port }) => port);
    const present = requests.get(key)?.claimedPorts ?? [];
    const service = `${servicePort.namespace}/${servicePort.serviceName}`;
    requests.set(key, { key, service, claimedPorts: [...present, ...claimedPorts] });
    names.set(key, servicePort.name);
  }
  const created = new Map(
    services.flatMap(({ metadata: { namespace, name, creationTimestamp } }) =>
      creationTimestamp === undefined
        ? []
        : [[`${namespace}/${name}`, Date.parse(creationTimestamp)] as const],
    ),
  );
  const chosen = chooseProxyPorts(
    [...requests.values()].sort((a, b) => compareText(a.key, b.key)),
    {
      range: proxyPortRange(config),
      reserved: reservedPorts(config),
      created,
      wanted: nodeState.proxyPorts ?? {},
      former,
    },
  );
  const holders = new Map([...chosen.ports].map(([key, port]) => [port, names.get(key) ?? key]));
  return { ...chosen, holders };
}
