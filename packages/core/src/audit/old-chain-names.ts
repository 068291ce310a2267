import type { NodeRules } from '../diff/node-rules.ts';
import { endpointChain, servicePortChains } from '../proxier/names/chain-names.ts';
import type { Endpoint } from '../service/endpoint.ts';
import type { ServicePort } from '../service/service-port.ts';

export interface NamedServicePort {
  readonly servicePort: ServicePort;
  readonly allEndpoints: readonly Endpoint[];
}

/**
 * Present names of chains by the ones that old releases of kube-proxy gave them: the hash of a
 * port without a name was made with a colon behind the Service's.
 */
export function oldChainNames(
  servicePorts: readonly NamedServicePort[],
): ReadonlyMap<string, string> {
  return new Map(
    servicePorts
      .filter(({ servicePort }) => servicePort.portName === '')
      .flatMap(({ servicePort, allEndpoints }) => {
        const old = { ...servicePort, name: `${servicePort.name}:` };
        const [names, oldNames] = [servicePortChains(servicePort), servicePortChains(old)];
        return [
          [oldNames.cluster, names.cluster] as const,
          [oldNames.local, names.local] as const,
          [oldNames.external, names.external] as const,
          [oldNames.firewall, names.firewall] as const,
          ...allEndpoints.map(
            ({ address }) =>
              [endpointChain(old, address), endpointChain(servicePort, address)] as const,
          ),
        ];
      }),
  );
}

/** The same rules with present names for chains; a former chain beside the present one keeps its name. */
export function renameChains(rules: NodeRules, names: ReadonlyMap<string, string>): NodeRules {
  if (names.size === 0) return rules;
  const taken = new Set(rules.flatMap(({ chains }) => chains.map(({ name }) => name)));
  const renamed = (text: string): string =>
    text.replaceAll(/\bKUBE-(?:SVC|SVL|EXT|XLB|FW|SEP)-[A-Z2-7]{16}\b/g, (name) => {
      const present = names.get(name) ?? name;
      return taken.has(present) ? name : present;
    });
  return rules.map((section) =>
    section.kind === 'iptables'
      ? {
          ...section,
          chains: section.chains.map((chain) => ({
            ...chain,
            name: renamed(chain.name),
            rules: chain.rules.map((rule) => ({ ...rule, text: renamed(rule.text) })),
          })),
        }
      : section,
  );
}
