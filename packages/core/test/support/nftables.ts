import type { NftablesContext } from '../../src/proxier/nftables/kube-proxy/context.ts';
import type { NftablesBase } from '../../src/proxier/nftables/shared/base.ts';
import type { PlacedElement } from '../../src/proxier/nftables/shared/placed-element.ts';
import { routeServicePort, type Routing } from '../../src/proxier/nftables/kube-proxy/routing.ts';
import {
  objectName,
  printElement,
  printTable,
  type Chain,
  type NamedMap,
  type NamedSet,
  type Table,
} from '../../src/ruleset/nftables/index.ts';
import type { Endpoint } from '../../src/service/endpoint.ts';
import type { ResolvedFamily, ResolvedServicePort } from '../../src/service/resolve-family.ts';
import type { ServicePort } from '../../src/service/service-port.ts';
import { remote, resolvedOf } from './model.ts';

export function nftablesRoutingOf(
  fields: Partial<ServicePort> = {},
  endpoints: readonly Endpoint[] = [remote],
): Routing {
  return routeServicePort(resolvedOf(fields, endpoints));
}

export function nftablesContextOf(fields: Partial<NftablesContext> = {}): NftablesContext {
  return {
    family: 'IPv4',
    masqueradeMark: 0x4000,
    detector: { kind: 'cidr', cidr: '10.0.0.0/8' },
    nodeIP: [192, 0, 2, 11],
    ...fields,
  };
}

export function nftablesBaseOf(fields: Partial<NftablesBase> = {}): NftablesBase {
  return {
    family: 'IPv4',
    masqueradeMark: 0x4000,
    masqueradeAll: false,
    detector: { kind: 'cidr', cidr: '10.0.0.0/8' },
    matchAllNodePorts: false,
    ...fields,
  };
}

/** The service ports of a family, and what else it resolves to on a node that is told nothing. */
export function resolvedFamilyOf(
  servicePorts: readonly ResolvedServicePort[],
  fields: Partial<ResolvedFamily> = {},
): ResolvedFamily {
  return {
    family: 'IPv4',
    servicePorts,
    endpointCount: 0,
    isLargeCluster: false,
    detector: undefined,
    nodePortAddresses: { addresses: [], matchAll: false, containsLoopback: false },
    nodeIP: [192, 0, 2, 11],
    ...fields,
  };
}

export function tableOf(fields: Partial<Table> = {}): Table {
  return { family: 'ip', name: objectName('t'), chains: [], sets: [], maps: [], ...fields };
}

/** The lines of a table that begin so, without that. */
function linesAfter(start: string, table: Table): string[] {
  const lines = printTable(table).split('\n');
  return lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
}

/** `CHAIN rule`, a line each. */
export function printChainRules(chains: readonly Chain[] = []): string[] {
  return linesAfter('add rule ip t ', tableOf({ chains }));
}

/** `CHAIN { properties }`, a line each. */
export function printChains(chains: readonly Chain[] = []): string[] {
  return linesAfter('add chain ip t ', tableOf({ chains }));
}

export function printSets(sets: readonly NamedSet[] = []): string[] {
  return linesAfter('add set ip t ', tableOf({ sets }));
}

export function printMaps(maps: readonly NamedMap[] = []): string[] {
  return linesAfter('add map ip t ', tableOf({ maps }));
}

/** `SET { element }`, a line each. */
export function printPlaced(elements: readonly PlacedElement[] = []): string[] {
  return elements.map(({ container, element }) => `${container} { ${printElement(element)} }`);
}

/** Why each rule of the chains is there. */
export function chainReasons(chains: readonly Chain[] = []): string[] {
  return chains.flatMap(({ rules }) => rules.map(({ origin }) => origin.reason));
}
