import type { PacketState } from '../walk/packet.ts';
import { certain, type Value } from './value.ts';

/** An interface where there is one; a packet without one is not asked for it. */
function interfaceName(name: string | undefined): Value {
  return name === '' ? certain('') : certain(name);
}

const keys: ReadonlyMap<string, (packet: PacketState) => Value> = new Map([
  ['l4proto', ({ protocol }) => certain(protocol)],
  ['nfproto', ({ family }) => certain(family === 'IPv4' ? 'ipv4' : 'ipv6')],
  ['protocol', ({ family }) => certain(family === 'IPv4' ? 'ip' : 'ip6')],
  ['mark', ({ mark }) => certain(mark)],
  ['iifname', ({ inInterface }) => interfaceName(inInterface)],
  ['iif', ({ inInterface }) => interfaceName(inInterface)],
  ['oifname', ({ outInterface }) => interfaceName(outInterface)],
  ['oif', ({ outInterface }) => interfaceName(outInterface)],
  ['skuid', ({ uid, isFromNode }) => (isFromNode ? certain(uid) : 'absent')],
  ['skgid', ({ gid, isFromNode }) => (isFromNode ? certain(gid) : 'absent')],
]);

/** What the kernel knows of a packet beside its headers. */
export function metaValue(key: string, packet: PacketState): Value {
  return keys.get(key)?.(packet) ?? 'unknown';
}

/** What connection tracking knows of a packet. */
export function connectionValue(key: string, packet: PacketState): Value {
  switch (key) {
    case 'state':
      return certain(packet.isTracked ? 'new' : 'untracked');
    case 'status':
      return certain(statusOf(packet));
    case 'mark':
      return certain(packet.connectionMark);
    case 'direction':
      return certain('original');
    default:
      return 'unknown';
  }
}

/** Flags by name, sorted. A connection is confirmed once its first packet has passed all hooks. */
function statusOf({ isTranslated, virtualServer, isMasqueraded }: PacketState): string {
  const flags = [isTranslated && !virtualServer && 'dnat', isMasqueraded && 'snat'];
  return flags.filter(Boolean).join(',');
}
