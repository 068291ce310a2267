import { readOptions, type Option } from '../../../ruleset/iptables/parse-match.ts';
import type { Network } from '../../walk/environment.ts';
import type { PacketState } from '../../walk/packet.ts';
import type { Chance } from '../../walk/walk.ts';
import type { Matcher } from './match-context.ts';
import { matchAddressTypes } from './module-addrtype.ts';
import { matchConnectionMark, matchConnectionOptions } from './module-connection.ts';
import { matchIcmpType } from './module-icmp.ts';
import { matchMultiport } from './module-multiport.ts';
import { matchOwner } from './module-owner.ts';
import { matchPhysdev } from './module-physdev.ts';
import { matchRange } from './module-range.ts';
import { matchReversePath } from './module-rpfilter.ts';
import { matchSetOptions } from './module-set.ts';
import { matchTCPFlags } from './module-tcp.ts';
import type { SetIndex } from '../../ipset/index-sets.ts';

/** What the options of a module are asked with. */
export interface ModuleContext {
  readonly packet: PacketState;
  readonly network: Network;
  readonly sets: SetIndex;
}

/** How likely all options of a module hold, each inverted as it is told. */
export type ModuleMatcher = (options: readonly Option[], context: ModuleContext) => Chance;

/** Takes notes. */
const always: ModuleMatcher = () => 1;

/** Only says where the options of a protocol belong, which are matches of their own. */
const ofProtocol: ModuleMatcher = (options) => (options.length === 0 ? 1 : undefined);

/** Limits let the first packet pass, as their buckets are full; `hashlimit` can also ask for those above. */
const withinLimit: ModuleMatcher = (options) =>
  options.some(({ name, inverted }) => inverted || name === '--hashlimit-above') ? 0 : 1;

const everyNth: ModuleMatcher = (options) => {
  const valueOf = (name: string): string =>
    options.find((option) => option.name === name)?.values[0] ?? '';
  const every = Number(valueOf('--every'));
  return valueOf('--mode') === 'nth' && every >= 1 ? 1 / every : undefined;
};

const modules: ReadonlyMap<string, ModuleMatcher> = new Map([
  ...['tcp', 'udp', 'sctp', 'dccp', 'udplite'].map((name) => [name, ofProtocol] as const),
  ['comment', always],
  ['nfacct', always],
  ['limit', withinLimit],
  ['hashlimit', withinLimit],
  ['statistic', everyNth],
  ['multiport', matchMultiport],
  ['addrtype', matchAddressTypes],
  ['conntrack', matchConnectionOptions],
  ['connmark', matchConnectionMark],
  ['icmp', matchIcmpType],
  ['icmp6', matchIcmpType],
  ['owner', matchOwner],
  ['physdev', matchPhysdev],
  ['iprange', matchRange],
  ['rpfilter', matchReversePath],
  ['set', matchSetOptions],
]);

const options: ReadonlyMap<string, ModuleMatcher> = new Map([
  ['--tcp-flags', matchTCPFlags],
  ['--icmp-type', matchIcmpType],
  ['--icmpv6-type', matchIcmpType],
  ['-f', (found) => (found[0]?.inverted ? 1 : 0)],
]);

/** A module that has no kind of its own, with its options, or an option by itself. */
export const matchOther: Matcher<'other'> = ({ words }, packet, { walk, sets }) => {
  const isModule = words[0] === '-m';
  const read = readOptions(isModule ? words.slice(2) : words);
  const matcher = isModule ? modules.get(words[1] ?? '') : options.get(read[0]?.name ?? '');
  return matcher?.(read, { packet, network: walk.network, sets });
};
