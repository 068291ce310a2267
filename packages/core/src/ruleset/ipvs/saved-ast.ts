import type { Family } from '../../netaddr/family.ts';
import type { ProtocolName } from '../../netaddr/protocol.ts';

/** What a virtual server serves: an address and port, or packets of a firewall mark. */
export type Service =
  | {
      readonly protocol: ProtocolName;
      /** `ip:port`, or `[ip]:port` for IPv6; names where ipvsadm was asked for them. */
      readonly address: string;
    }
  | {
      readonly protocol: 'fwm';
      /** ipvsadm prints marks above 2³¹ as negative numbers. */
      readonly mark: number;
      /** /proc/net/ip_vs tells it only of persistent ones; the others are IPv4 there. */
      readonly family: Family;
    };

export interface Persistence {
  /** Seconds, in /proc/net/ip_vs the kernel's ticks; `undefined` where `-p` stands alone. */
  readonly timeout: number | undefined;
  /** `255.255.255.0` for IPv4, a prefix length for IPv6; `undefined` where the whole address counts. */
  readonly netmask: string | undefined;
}

export interface SavedVirtualServer {
  readonly kind: 'virtualServer';
  readonly offset: number;
  readonly service: Service;
  /** `undefined` where a command leaves it to ipvsadm, which takes `wlc`. */
  readonly scheduler: string | undefined;
  readonly persistence: Persistence | undefined;
  /** A persistence engine, such as `sip`. */
  readonly persistenceEngine: string | undefined;
  /** Whether each packet is scheduled by itself (`-o`, `ops`). */
  readonly isOnePacket: boolean;
  /** `mh-port`, `sh-fallback`, `flag-3`, …; /proc/net/ip_vs does not tell them. */
  readonly schedulerFlags: readonly string[];
  /** Whether the blanks are there with which the kernel ends the line. */
  readonly isPadded: boolean;
}

export type ForwardingMethod = 'masq' | 'route' | 'tunnel' | 'local' | 'bypass';

/** How packets are encapsulated, in ipvsadm(8)'s words; listings do not tell it. */
export interface Tunnel {
  /** `ipip`, `gue` or `gre`. */
  readonly type: string;
  readonly port: number | undefined;
  readonly checksum: 'nocsum' | 'csum' | 'remcsum' | undefined;
}

export interface SavedRealServer {
  readonly kind: 'realServer';
  readonly offset: number;
  /** The virtual server that it is behind. */
  readonly service: Service;
  readonly address: string;
  /** `undefined` where a command leaves it to ipvsadm, which takes `route`. */
  readonly forwarding: ForwardingMethod | undefined;
  readonly tunnel: Tunnel | undefined;
  /** `undefined` where a command leaves it to ipvsadm, which takes 1. */
  readonly weight: number | undefined;
  /** Thresholds of connections; only commands have them. */
  readonly upperThreshold: number | undefined;
  readonly lowerThreshold: number | undefined;
  /** How many connections there are; `undefined` in commands. */
  readonly activeConnections: number | undefined;
  readonly inactiveConnections: number | undefined;
  /** Whether the last column has its blanks, which get lost when text is copied. */
  readonly isPadded: boolean;
}

/** The three lines above a listing. */
export interface HeadingLine {
  readonly kind: 'version' | 'serviceColumns' | 'serverColumns';
  readonly offset: number;
  /** Of the version line: the release and the size of the connection table. */
  readonly words: readonly string[];
}

/** A line that says nothing, or of which a diagnostic says that it could not be read. */
interface OtherLine {
  readonly kind: 'blank' | 'unread';
  readonly offset: number;
  readonly text: string;
}

export type SavedLine = SavedVirtualServer | SavedRealServer | HeadingLine | OtherLine;

/** `save`: commands of `ipvsadm -S` and `-R`; `list`: `ipvsadm -L`; `procfs`: /proc/net/ip_vs. */
export type SavedFormat = 'save' | 'list' | 'procfs' | 'unknown';

/** Virtual servers as a tool printed them, line by line. */
export interface SavedVirtualServers {
  readonly format: SavedFormat;
  readonly lines: readonly SavedLine[];
  /** Whether a line feed ends the last line. */
  readonly isTerminated: boolean;
}
