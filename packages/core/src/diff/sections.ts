import type { Family } from '../netaddr/family.ts';
import { joinHostPort } from '../netaddr/host-port.ts';
import type { NormalIPSet } from '../ruleset/ipset/index.ts';
import type { NormalRealServer, NormalVirtualServer } from '../ruleset/ipvs/index.ts';
import type { NormalRuleset as NormalIptables } from '../ruleset/iptables/index.ts';
import {
  printChainDeclaration,
  printNormalElement,
  printNormalRule,
  printSetDeclaration,
  type NormalTable as NormalNftablesTable,
} from '../ruleset/nftables/index.ts';
import type { Listener } from '../ruleset/listeners/index.ts';
import type { Origin } from '../ruleset/origin.ts';
import { compareNames } from '../util/compare-names.ts';
import { compareText } from '../util/compare-text.ts';
import type { Entry, EntryGroup, Item, Section } from './node-rules.ts';

/** What a normal form tells of where something came from: its reason if it was compiled, else its offset. */
interface Source {
  readonly kind?: string;
  readonly origin?: Origin;
  readonly offset?: number;
}

/** `file`: the name of the text that was read; compiled rules have none. */
function sourceOf({ origin, offset }: Source, file: string | undefined): Omit<Item, 'text'> {
  return {
    ...(origin && { origin }),
    ...(file !== undefined && offset !== undefined && { place: { source: file, offset } }),
  };
}

/** The same in one step: a node has hundreds of thousands of them. */
function itemOf(text: string, { origin, offset }: Source, file: string | undefined): Item {
  if (origin) return { text, origin };
  return file === undefined || offset === undefined
    ? { text }
    : { text, place: { source: file, offset } };
}

/** The tables of one family. */
export function iptablesSections({ family, tables }: NormalIptables, file?: string): Section[] {
  return [...tables.values()].map((table) => ({
    kind: 'iptables',
    name: `iptables ${family} ${table.name}`,
    chains: [...table.chains.values()]
      .map(({ name, policy, rules }) => ({
        name,
        declaration: policy === undefined ? '' : `policy ${policy}`,
        rules: rules.map(({ text, source }) => itemOf(text, source, file)),
      }))
      .sort(compareNames),
    groups: [],
  }));
}

export function ipsetSection(sets: readonly NormalIPSet<Source>[], file?: string): Section {
  const groups = sets.map(({ name, type, family, range, maxelem, options, entries }) => ({
    name,
    declaration: [
      type,
      family && `family ${family}`,
      range && `range ${range}`,
      maxelem !== undefined && `maxelem ${maxelem}`,
      ...options,
    ]
      .filter(Boolean)
      .join(' '),
    entries: entries.map((entry): Entry => ({
      key: entry.text,
      text: entry.text,
      ...sourceOf(entry, file),
    })),
  }));
  return { kind: 'ipset', name: 'ipset', chains: [], groups: groups.sort(compareNames) };
}

export function ipvsSection(
  servers: readonly NormalVirtualServer<Source>[],
  file?: string,
): Section {
  const groups = servers.map((server): EntryGroup => ({
    name: server.service,
    declaration: describeServer(server),
    entries: server.realServers.map((real): Entry => ({
      key: real.address,
      text: describeRealServer(real),
      ...sourceOf(real, file),
    })),
    ...sourceOf(server, file),
  }));
  return { kind: 'ipvs', name: 'ipvs', chains: [], groups: groups.sort(compareNames) };
}

/** As ipvsadm's options. */
function describeServer(server: NormalVirtualServer): string {
  const { scheduler, persistence, persistenceEngine, isOnePacket, schedulerFlags = [] } = server;
  return [
    `-s ${scheduler}`,
    persistence && `-p ${persistence.timeout ?? '?'}`,
    persistence && !wholeAddresses.has(persistence.netmask) && `-M ${persistence.netmask}`,
    persistenceEngine && `--pe ${persistenceEngine}`,
    isOnePacket && '-o',
    schedulerFlags.length > 0 && `-b ${schedulerFlags.join(',')}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Netmasks that part no network from another. */
const wholeAddresses = new Set(['255.255.255.255', '128']);

const forwardingOptions: Readonly<Record<NormalRealServer['forwarding'], string>> = {
  masq: '-m',
  route: '-g',
  tunnel: '-i',
  local: 'local',
  bypass: 'bypass',
};

function describeRealServer({ address, forwarding, weight, tunnel }: NormalRealServer): string {
  const by = tunnel ? ` --tun-type ${tunnel.type}` : '';
  return `${address} ${forwardingOptions[forwarding]}${by} -w ${weight}`;
}

/** The addresses of one interface, without prefix lengths. */
export function addressSection(
  interfaceName: string,
  addresses: readonly string[],
  source: Omit<Item, 'text'> = {},
): Section {
  const entries = addresses.map((text): Entry => ({ key: text, text, ...source }));
  const sorted = entries.sort((a, b) => compareText(a.key, b.key));
  const name = `addresses ${interfaceName}`;
  return {
    kind: 'addresses',
    name,
    chains: [],
    groups: [{ name: interfaceName, declaration: '', entries: sorted }],
  };
}

/** What the proxy of userspace mode listens on in one family: a group for each listener. */
export function listenerSection(
  family: Family,
  listeners: readonly (Listener & Source)[],
  file?: string,
): Section {
  const groups = listeners.map((listener): EntryGroup => {
    const source = sourceOf(listener, file);
    return {
      name: `${listener.servicePort}/${listener.protocol}`,
      declaration: describeListener(listener),
      entries: listener.endpoints.map((text) => ({ key: text, text, ...source })),
      ...source,
    };
  });
  return {
    kind: 'listeners',
    name: `listeners ${family}`,
    chains: [],
    groups: groups.sort(compareNames),
  };
}

function describeListener({ address, port, affinityTimeout, claims = [] }: Listener): string {
  return [
    joinHostPort(address, port),
    affinityTimeout !== undefined && `affinity ${affinityTimeout}`,
    ...claims.map((claim) => `claims ${claim}`),
  ]
    .filter(Boolean)
    .join(' ');
}

/** A table each. What packets add to sets has no part in it. */
export function nftablesSections(tables: readonly NormalNftablesTable[], file?: string): Section[] {
  return tables.map((table) => ({
    kind: 'nftables',
    name: `nftables ${table.family} ${table.name}`,
    chains: [...table.chains.values()]
      .map((chain) => ({
        name: chain.name,
        declaration: printChainDeclaration(chain),
        rules: chain.rules.map((rule) => ({
          text: printNormalRule(rule),
          ...sourceOf(rule.source, file),
        })),
      }))
      .sort(compareNames),
    groups: [...table.sets.values()]
      .map((set) => ({
        name: set.name,
        declaration: printSetDeclaration(set),
        entries: set.elements.map((element): Entry => ({
          key: element.text,
          text: printNormalElement(element),
          ...sourceOf(element.source, file),
        })),
      }))
      .sort(compareNames),
  }));
}
