import { certainly } from './match-context.ts';
import { allOf } from './all-of.ts';
import type { ModuleMatcher } from './match-other.ts';

const everyFlag = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

/** The first packet of a TCP connection has the flag SYN and no other. */
export const matchTCPFlags: ModuleMatcher = (options, { packet }) =>
  allOf(options, ({ values: [mask = '', set = ''] }) => {
    if (packet.protocol !== 'tcp') return 0;
    const asked = flagsOf(mask);
    const wanted = flagsOf(set);
    return certainly(
      asked.every((flag) => (flag === 'SYN') === wanted.includes(flag)) &&
        wanted.every((flag) => asked.includes(flag)),
    );
  });

function flagsOf(list: string): readonly string[] {
  if (list === 'ALL') return everyFlag;
  return list === 'NONE' ? [] : list.split(',');
}
