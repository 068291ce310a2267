import type { TokenReader } from './token-reader.ts';

/** Reads ` # handle 5`, which `nft -a` puts behind what has a handle. */
export function readHandle(reader: TokenReader): { readonly handle?: string } {
  if (reader.sign() !== '#' || reader.gapBetween(reader.at - 1, reader.at) !== ' ') return {};
  const handle = /^# handle (\d+)$/.exec(reader.textOf())?.[1];
  if (handle === undefined) return {};
  reader.at++;
  return { handle };
}
