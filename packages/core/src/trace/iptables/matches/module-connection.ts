import { containsIP, parseCIDR } from '../../../netaddr/cidr.ts';
import { parseMarkAndMask } from '../../../ruleset/iptables/normalize-number.ts';
import { endpointOf, type Endpoint } from '../../walk/packet.ts';
import type { Chance } from '../../walk/walk.ts';
import { certainly } from './match-context.ts';
import { allOf } from './all-of.ts';
import type { ModuleContext, ModuleMatcher } from './match-other.ts';
import { matchConntrack } from './match-state.ts';

/** xt_conntrack with more than states: what the connection was before any translation. */
export const matchConnectionOptions: ModuleMatcher = (options, context) =>
  allOf(options, ({ name, values: [value = ''] }) => matchers.get(name)?.(value, context));

type ValueMatcher = (value: string, context: ModuleContext) => Chance;

const matchers = new Map<string, ValueMatcher>([
  [
    '--ctstate',
    (value, { packet, network }) =>
      matchConntrack({ kind: 'conntrack', states: value.split(',') }, packet, {
        walk: { network, branchesLeft: 0, nextAssumption: 0 },
        sets: new Map(),
      }),
  ],
  ['--ctdir', (value) => certainly(value === 'ORIGINAL')],
  ['--ctproto', (value, { packet }) => certainly(value === packet.protocol)],
  ['--ctorigsrc', (value, { packet }) => isWithin(packet.original.source, value)],
  ['--ctorigdst', (value, { packet }) => isWithin(packet.original.destination, value)],
  ['--ctorigdstport', (value, { packet }) => isPort(packet.original.destination, value)],
  ['--ctorigsrcport', (value, { packet }) => isPort(packet.original.source, value)],
]);

function isWithin({ ip, text }: Endpoint, value: string): Chance {
  const cidr = parseCIDR(value);
  return certainly(cidr ? containsIP(cidr, ip) : endpointOf(value)?.text === text);
}

function isPort({ port }: Endpoint, value: string): Chance {
  const [first, last = first] = value.split(':').map(Number);
  if (port === undefined || first === undefined || last === undefined) return undefined;
  return certainly(port >= first && port <= last);
}

/** xt_connmark: the mark of the connection. */
export const matchConnectionMark: ModuleMatcher = (options, { packet }) =>
  allOf(options, ({ name, values: [value = ''] }) => {
    const mark = name === '--mark' ? parseMarkAndMask(value) : undefined;
    return mark && certainly((packet.connectionMark & mark.mask) >>> 0 === mark.mark);
  });
