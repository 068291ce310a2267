import type { Family } from '../../netaddr/family.ts';

/** An address of an interface. */
export interface InterfaceAddress {
  readonly family: Family;
  /** In canonical spelling. */
  readonly address: string;
  readonly prefixLength: number;
}

export interface InterfaceAddresses {
  readonly name: string;
  readonly addresses: readonly InterfaceAddress[];
}

/** An address that stands by itself on a line. */
export interface AddressLine {
  /** In canonical spelling. */
  readonly address: string;
  /** Where the line begins, in UTF-16 code units. */
  readonly offset: number;
}
