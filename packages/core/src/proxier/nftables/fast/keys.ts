import type { Family } from '../../../netaddr/family.ts';
import type { ProtocolName } from '../../../netaddr/protocol.ts';
import type { Expression } from '../../../ruleset/nftables/index.ts';
import { destinationAddress, sourceAddress } from '../shared/expressions.ts';
import type { Entrance } from './objects.ts';

/** What chains and maps of slots depend on. */
export interface SlotKeys {
  readonly family: Family;
  readonly entrance: Entrance;
  readonly protocol: ProtocolName;
}

function destinationParts({ family, entrance, protocol }: SlotKeys): Expression[] {
  const port: Expression = { kind: 'payload', protocol, field: 'dport' };
  return entrance === 'address' ? [destinationAddress(family), port] : [port];
}

/** `ip daddr . tcp dport . SLOT`, or `tcp dport . SLOT` of a node port. */
export function slotKey(keys: SlotKeys, slot: Expression): Expression {
  return { kind: 'concatenation', parts: [...destinationParts(keys), slot] };
}

/** The same of one client: `ip saddr . ip daddr . tcp dport . SLOT`. */
export function clientKey(keys: SlotKeys, slot: Expression): Expression {
  const parts = [sourceAddress(keys.family), ...destinationParts(keys), slot];
  return { kind: 'concatenation', parts };
}

/** `ip daddr . tcp dport`: the type of an endpoint's address and port. nft refuses any other port than the key's. */
export function endpointType({ family, protocol }: SlotKeys): Expression {
  const port: Expression = { kind: 'payload', protocol, field: 'dport' };
  return { kind: 'concatenation', parts: [destinationAddress(family), port] };
}

/** Any of `count` slots, at random. */
export function randomSlot(count: number): Expression {
  return { kind: 'numgen', modulus: count };
}

/** Always this slot: nft has no plain number in a key. */
export function fixedSlot(slot: number): Expression {
  return { kind: 'numgen', modulus: 1, offset: slot };
}

/** A number of 32 bits; the modulus means nothing in a type. */
export const slotType: Expression = { kind: 'numgen', modulus: 65_536 };
