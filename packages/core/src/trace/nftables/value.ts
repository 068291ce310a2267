/**
 * What an expression has for a packet: a text in the normal form, `absent` where the packet has no such field (the
 * rule then does not apply, whatever it asks), `unknown` where that is not known.
 */
export type Value = { readonly text: string } | 'absent' | 'unknown';

/** One of the values that an expression may have. */
export interface PossibleValue {
  readonly value: Value;
  readonly probability: number;
}

export function certain(text: string | number | undefined): Value {
  return text === undefined ? 'unknown' : { text: String(text) };
}
