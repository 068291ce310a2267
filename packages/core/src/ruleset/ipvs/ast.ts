import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { Origin } from '../origin.ts';

/** A server behind a virtual one, reached by masquerading (ipvsadm's `-m`), in ipvsadm(8)'s words. */
export interface RealServer {
  /** `ip:port`, or `[ip]:port` for IPv6. */
  readonly address: string;
  readonly weight: number;
  readonly origin: Origin;
}

/** An address and port that the kernel spreads over real servers. */
export interface VirtualServer {
  readonly protocol: ProtocolName;
  /** `ip:port`, or `[ip]:port` for IPv6. */
  readonly address: string;
  readonly scheduler: string;
  /** Seconds for which a client stays with its real server; `undefined` without persistence. */
  readonly persistenceTimeout: number | undefined;
  /** The scheduler's own flags. */
  readonly schedulerFlags: readonly 'mh-port'[];
  readonly realServers: readonly RealServer[];
  readonly origin: Origin;
}

/** Seconds after which idle connections are forgotten; 0 leaves the kernel's value. */
export interface ConnectionTimeouts {
  readonly tcp: number;
  readonly tcpFin: number;
  readonly udp: number;
}
