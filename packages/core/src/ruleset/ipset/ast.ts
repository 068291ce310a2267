import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { Origin } from '../origin.ts';
import type { SetName } from './set-name.ts';

/** An entry's value, in the words of ipset(8), by the type of its set. */
export type Entry =
  | { readonly kind: 'hash:ip'; readonly ip: string }
  | {
      readonly kind: 'hash:ip,port';
      readonly ip: string;
      readonly protocol: ProtocolName;
      readonly port: number;
    }
  | {
      readonly kind: 'hash:ip,port,ip';
      readonly ip: string;
      readonly protocol: ProtocolName;
      readonly port: number;
      readonly secondIP: string;
    }
  | {
      readonly kind: 'hash:ip,port,net';
      readonly ip: string;
      readonly protocol: ProtocolName;
      readonly port: number;
      /** A CIDR, of which the kernel refuses prefix length 0; it shows that of one address without its length. */
      readonly net: string;
    }
  | { readonly kind: 'bitmap:port'; readonly port: number };

export type SetType = Entry['kind'];

/** An entry, and why it is there. */
export interface SetEntry {
  readonly entry: Entry;
  readonly origin: Origin;
}

/** What a set is made with; `maxelem` is the most entries that it takes. */
export type SetOptions =
  | { readonly family: 'inet' | 'inet6'; readonly hashsize: number; readonly maxelem: number }
  | { readonly range: string };

export interface IPSet {
  readonly name: SetName;
  readonly type: SetType;
  readonly options: SetOptions;
  readonly entries: readonly SetEntry[];
}
