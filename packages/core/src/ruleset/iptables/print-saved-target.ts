import { printOptionWords } from './print-saved-match.ts';
import type { SavedTarget } from './saved-rule.ts';

type Kind = SavedTarget['kind'];
type TargetOf<K extends Kind> = SavedTarget & { readonly kind: K };
type Printers = { readonly [K in Kind]: (target: TargetOf<K>) => string };

const printers: Printers = {
  jump: ({ chain }) => ` -j ${chain}`,
  goto: ({ chain }) => ` -g ${chain}`,
  ACCEPT: () => ' -j ACCEPT',
  DROP: () => ' -j DROP',
  RETURN: () => ' -j RETURN',
  REJECT: (target) =>
    ` -j REJECT${target.with === undefined ? '' : ` --reject-with ${target.with}`}`,
  MARK: ({ option, mark }) => ` -j MARK --${option} ${mark}`,
  MASQUERADE: ({ randomFully }) => ` -j MASQUERADE${randomFully ? ' --random-fully' : ''}`,
  DNAT: ({ destination }) => ` -j DNAT --to-destination ${destination}`,
  REDIRECT: ({ ports }) => ` -j REDIRECT --to-ports ${ports}`,
  other: ({ words }) => printOptionWords(words),
};

/** Prints a target with a leading space, as it was written. */
export function printSavedTarget<K extends Kind>(target: TargetOf<K> & { kind: K }): string {
  return printers[target.kind](target);
}
