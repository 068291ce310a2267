import { compareText } from '../../util/compare-text.ts';
import type { Origin } from '../origin.ts';
import { canonicalAddress, parseHostPort } from './address.ts';
import type { VirtualServer } from './ast.ts';
import type {
  ForwardingMethod,
  SavedFormat,
  SavedRealServer,
  SavedVirtualServer,
  SavedVirtualServers,
  Service,
  Tunnel,
} from './saved-ast.ts';
import { canonicalSchedulerFlags } from './scheduler-flags.ts';
import { serviceKey } from './service-key.ts';

/** What virtual servers are compared by, whoever wrote them. */
export type NormalVirtualServer<Place = unknown> = Place & {
  /** `tcp 10.96.0.1:443`, `udp [fd00::1]:53`, `fwm 1`, `fwm 1 IPv6`. */
  readonly service: string;
  readonly scheduler: string;
  readonly persistence: NormalPersistence | undefined;
  /** A persistence engine; /proc/net/ip_vs does not tell it. */
  readonly persistenceEngine: string | undefined;
  /** Whether each packet is scheduled by itself. */
  readonly isOnePacket: boolean;
  /** Sorted; `undefined` in /proc/net/ip_vs, which does not tell them. */
  readonly schedulerFlags: readonly string[] | undefined;
  /** Sorted by address. */
  readonly realServers: readonly NormalRealServer<Place>[];
};

export interface NormalPersistence {
  /** Seconds; `undefined` in /proc/net/ip_vs, whose ticks are of an unknown length. */
  readonly timeout: number | undefined;
  /** The netmask in IPv4, the prefix length in IPv6. */
  readonly netmask: string;
}

export type NormalRealServer<Place = unknown> = Place & {
  readonly address: string;
  readonly forwarding: ForwardingMethod;
  readonly weight: number;
  /** Where commands tell it; listings do not. */
  readonly tunnel: Tunnel | undefined;
};

/** Where a server stands in its text, in UTF-16 code units. */
export interface AtOffset {
  readonly offset: number;
}

/** Why a server was compiled. */
export interface WithOrigin {
  readonly origin: Origin;
}

/** The virtual servers of a text, by service. Thresholds and counts of connections are left out. */
export function normalizeSavedVirtualServers({
  lines,
  format,
}: SavedVirtualServers): NormalVirtualServer<AtOffset>[] {
  const servers = new Map<string, SavedServers>();
  for (const line of lines) {
    if (line.kind === 'virtualServer')
      servers.set(serviceKey(line.service), { virtualServer: line, realServers: [] });
    else if (line.kind === 'realServer')
      servers.get(serviceKey(line.service))?.realServers.push(line);
  }
  return sortServices([...servers].map(([key, saved]) => normalizeSaved(key, saved, format)));
}

interface SavedServers {
  readonly virtualServer: SavedVirtualServer;
  readonly realServers: SavedRealServer[];
}

/** Compiled virtual servers, by service. */
export function normalizeCompiledVirtualServers(
  servers: readonly VirtualServer[],
): NormalVirtualServer<WithOrigin>[] {
  return sortServices(
    servers.map((server) => ({
      origin: server.origin,
      service: serviceKey(server),
      scheduler: server.scheduler,
      persistence:
        server.persistenceTimeout === undefined
          ? undefined
          : { timeout: server.persistenceTimeout, netmask: wholeAddress(server) },
      persistenceEngine: undefined,
      isOnePacket: false,
      schedulerFlags: canonicalSchedulerFlags(server.scheduler, server.schedulerFlags),
      realServers: sortServers(
        server.realServers.map(({ address, weight, origin }) => ({
          origin,
          address: canonicalAddress(address),
          forwarding: 'masq',
          weight,
          tunnel: undefined,
        })),
      ),
    })),
  );
}

/** What ipvsadm takes where a command does not say it. */
const defaults = { scheduler: 'wlc', timeout: 360, forwarding: 'route', weight: 1 } as const;

function normalizeSaved(
  key: string,
  { virtualServer, realServers }: SavedServers,
  format: SavedFormat,
): NormalVirtualServer<AtOffset> {
  const { offset, service, persistenceEngine, isOnePacket, schedulerFlags } = virtualServer;
  const scheduler = virtualServer.scheduler ?? defaults.scheduler;
  const isProcfs = format === 'procfs';
  return {
    offset,
    service: key,
    scheduler,
    persistence: virtualServer.persistence && {
      timeout: isProcfs ? undefined : (virtualServer.persistence.timeout ?? defaults.timeout),
      netmask: virtualServer.persistence.netmask ?? wholeAddress(service),
    },
    persistenceEngine,
    isOnePacket,
    schedulerFlags: isProcfs ? undefined : canonicalSchedulerFlags(scheduler, schedulerFlags),
    realServers: sortServers(realServers.map(normalizeRealServer)),
  };
}

function normalizeRealServer(server: SavedRealServer): NormalRealServer<AtOffset> {
  const { service, offset, forwarding, weight, tunnel } = server;
  const port = service.protocol === 'fwm' ? undefined : parseHostPort(service.address)?.port;
  return {
    offset,
    address: canonicalAddress(server.address, port),
    forwarding: forwarding ?? defaults.forwarding,
    weight: weight ?? defaults.weight,
    tunnel,
  };
}

/** The netmask that takes every client for itself. */
function wholeAddress(service: Service): string {
  const isIPv6 =
    service.protocol === 'fwm' ? service.family === 'IPv6' : service.address.startsWith('[');
  return isIPv6 ? '128' : '255.255.255.255';
}

function sortServices<Item extends NormalVirtualServer>(servers: readonly Item[]): Item[] {
  return servers.toSorted((a, b) => compareText(a.service, b.service));
}

function sortServers<Item extends NormalRealServer>(servers: readonly Item[]): Item[] {
  return servers.toSorted((a, b) => compareText(a.address, b.address));
}
