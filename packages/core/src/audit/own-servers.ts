import type { EntryGroup, NodeRules } from '../diff/node-rules.ts';
import { containsIP, parseCIDR } from '../netaddr/cidr.ts';
import { parseIP } from '../netaddr/ip.ts';

/**
 * The virtual servers of a node that kube-proxy takes for its own: those that are expected, and those at
 * an address of its interface or of an expected one, but for the networks that it leaves alone.
 */
export function ownServersOf(
  expected: NodeRules,
  live: NodeRules,
  excludeCIDRs: readonly string[] = [],
): ReadonlySet<string> {
  const wanted = groupsOf(expected).map(({ name }) => name);
  const addresses = new Set([...boundAddresses(live), ...wanted.map(addressOf)]);
  const isOwn = ({ name }: EntryGroup): boolean => addresses.has(addressOf(name));
  return new Set([...wanted, ...notExcluded(groupsOf(live).filter(isOwn), excludeCIDRs)]);
}

/**
 * Those that may be changed: as above, but at an address that the node has for other purposes too only
 * those of a node port. kube-proxy would delete what others have there.
 */
export function changeableServersOf(
  expected: NodeRules,
  live: NodeRules,
  excludeCIDRs: readonly string[] = [],
): ReadonlySet<string> {
  const wanted = groupsOf(expected).map(({ name }) => name);
  const addresses = new Set([...boundAddresses(live), ...boundAddresses(expected)]);
  const nodePorts = nodePortsOf(live);
  const inSets = serversInSets(live);
  const isOwn = (server: EntryGroup): boolean =>
    addresses.has(addressOf(server.name)) ||
    inSets.has(server.name.replaceAll(/[[\]]/g, '')) ||
    isOfNodePort(server, nodePorts);
  return new Set([...wanted, ...notExcluded(groupsOf(live).filter(isOwn), excludeCIDRs)]);
}

function notExcluded(servers: readonly EntryGroup[], excludeCIDRs: readonly string[]): string[] {
  const excluded = excludeCIDRs.map(parseCIDR).filter((cidr) => cidr !== undefined);
  return servers.flatMap(({ name }) => {
    const ip = parseIP(addressOf(name));
    const isExcluded = ip !== undefined && excluded.some((cidr) => containsIP(cidr, ip));
    return isExcluded ? [] : [name];
  });
}

/** `tcp 30080`, by the sets of node ports, whose entries end with a port. */
function nodePortsOf(live: NodeRules): ReadonlySet<string> {
  const sets = live.filter(({ kind }) => kind === 'ipset').flatMap(({ groups }) => groups);
  const ports = sets.flatMap(({ name, entries }) => {
    const protocol = /^KUBE-(?:6-)?NODE-PORT-(?:LOCAL-)?(TCP|UDP|SCTP)/.exec(name)?.[1];
    if (protocol === undefined) return [];
    return entries.map(({ key }) => `${protocol.toLowerCase()} ${/\d+$/.exec(key)?.[0] ?? ''}`);
  });
  return new Set(ports);
}

/** `tcp 192.0.2.11:80`, by the entries `192.0.2.11,tcp:80` of kube-proxy's sets: a node's own address may be an external IP. */
function serversInSets(live: NodeRules): ReadonlySet<string> {
  const sets = live.filter(({ kind }) => kind === 'ipset').flatMap(({ groups }) => groups);
  const own = sets.filter(({ name }) => name.startsWith('KUBE-'));
  const servers = own.flatMap(({ entries }) =>
    entries.flatMap(({ key }) => {
      const [, ip, protocol, port] = /^([^,]+),(tcp|udp|sctp):(\d+)$/.exec(key) ?? [];
      return ip === undefined ? [] : [`${protocol} ${ip}:${port}`];
    }),
  );
  return new Set(servers);
}

/** kube-proxy's forwards by masquerading; a balancer of somebody else's may stand on the same port. */
function isOfNodePort({ name, entries }: EntryGroup, nodePorts: ReadonlySet<string>): boolean {
  const port = `${name.slice(0, name.indexOf(' '))} ${name.slice(name.lastIndexOf(':') + 1)}`;
  return nodePorts.has(port) && entries.every(({ text }) => text.includes(' -m '));
}

function boundAddresses(live: NodeRules): string[] {
  return live
    .filter(({ kind }) => kind === 'addresses')
    .flatMap(({ groups }) => groups.flatMap(({ entries }) => entries.map(({ key }) => key)));
}

/** Of `tcp 10.96.0.1:443` or `tcp [fd00::1]:443`. */
export function addressOf(server: string): string {
  return server.slice(server.indexOf(' ') + 1, server.lastIndexOf(':')).replaceAll(/[[\]]/g, '');
}

function groupsOf(rules: NodeRules): EntryGroup[] {
  return rules.filter(({ kind }) => kind === 'ipvs').flatMap(({ groups }) => groups);
}
