import type { Target } from './ast.ts';
import { printMark } from '../../util/print-mark.ts';
import { printWord } from './print-word.ts';

/** Prints a target with a leading space. */
export function printTarget(target: Target): string {
  switch (target.kind) {
    case 'jump':
      return ` -j ${target.chain}`;
    case 'ACCEPT':
    case 'DROP':
    case 'REJECT':
    case 'RETURN':
      return ` -j ${target.kind}`;
    case 'MARK':
      return ` -j MARK --${target.operation}-mark ${printMark(target.mark)}`;
    case 'MASQUERADE':
      return ` -j MASQUERADE${target.randomFully ? ' --random-fully' : ''}`;
    case 'DNAT':
      return ` -j DNAT --to-destination ${printWord(target.destination)}`;
    case 'REDIRECT':
      return ` -j REDIRECT --to-ports ${target.port}`;
  }
}
