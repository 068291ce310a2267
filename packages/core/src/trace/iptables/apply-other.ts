import { readOptions } from '../../ruleset/iptables/parse-match.ts';
import { parseMarkAndMask } from '../../ruleset/iptables/normalize-number.ts';
import { accepted, changePacket, next, type Branch, type Passed } from '../walk/branch.ts';
import { addressToward } from '../walk/environment.ts';
import { redirect, spreadOver } from '../walk/spread-over.ts';
import { changeSource } from '../walk/translate.ts';
import { unknownAt, type Walk } from '../walk/walk.ts';

interface TargetOptions {
  readonly branch: Branch;
  /** The first value of an option. */
  readonly valueOf: (name: string) => string | undefined;
  readonly walk: Walk;
}

type OtherTarget = (options: TargetOptions) => readonly Passed[];

const goOn: OtherTarget = ({ branch }) => [{ end: next, branch }];

/** Targets that take notes or change what no rule asks for. */
const aside =
  'LOG NFLOG ULOG TRACE AUDIT CHECKSUM TCPMSS TCPOPTSTRIP CLASSIFY DSCP TOS TTL HL IDLETIMER LED RATEEST SECMARK CONNSECMARK SET HMARK'
    .split(' ')
    .map((name) => [name, goOn] as const);

const targets: ReadonlyMap<string, OtherTarget> = new Map([
  ...aside,
  ['NOTRACK', untrack],
  [
    'CT',
    (options) => (options.valueOf('--notrack') === undefined ? goOn(options) : untrack(options)),
  ],
  ['CONNMARK', applyConnectionMark],
  ['DNAT', ({ branch, valueOf }) => spreadOver(branch, valueOf('--to-destination') ?? '')],
  ['REDIRECT', ({ branch, valueOf, walk }) => redirect(branch, valueOf('--to-ports'), walk)],
  ['SNAT', applySNAT],
  [
    'MASQUERADE',
    ({ branch, walk }) => {
      const source = addressToward(walk.network, branch.packet.destination);
      return [{ end: accepted, branch: changeSource(branch, source) }];
    },
  ],
]);

/** What a target does that has no kind of its own. */
export function applyOther(
  branch: Branch,
  words: readonly string[],
  walk: Walk,
): readonly Passed[] {
  const [, name = '', ...rest] = words;
  const apply = targets.get(name);
  if (!apply) return [unknownAt(branch, `target ${words.join(' ')}`)];
  const options = readOptions(rest);
  const valueOf = (option: string): string | undefined => {
    const found = options.find((one) => one.name === option);
    return found && (found.values[0] ?? '');
  };
  return apply({ branch, valueOf, walk });
}

function untrack({ branch }: TargetOptions): readonly Passed[] {
  return [{ end: next, branch: changePacket(branch, { isTracked: false }) }];
}

/** Sets the connection's mark, or copies it from or to the packet's; masks are left to the kernel's defaults. */
function applyConnectionMark({ branch, valueOf }: TargetOptions): readonly Passed[] {
  const { packet } = branch;
  const mask = parseMask(valueOf('--nfmask') ?? valueOf('--mask'));
  const set = parseMarkAndMask(valueOf('--set-xmark') ?? valueOf('--set-mark') ?? '');
  if (mask === undefined) return [unknownAt(branch, 'target CONNMARK')];
  if (valueOf('--restore-mark') !== undefined) {
    const mark = ((packet.mark & ~mask) | (packet.connectionMark & mask)) >>> 0;
    return [{ end: next, branch: changePacket(branch, { mark }) }];
  }
  if (valueOf('--save-mark') !== undefined) {
    const connectionMark = ((packet.connectionMark & ~mask) | (packet.mark & mask)) >>> 0;
    return [{ end: next, branch: changePacket(branch, { connectionMark }) }];
  }
  if (!set) return [unknownAt(branch, 'target CONNMARK')];
  const connectionMark = ((packet.connectionMark & ~set.mask) ^ set.mark) >>> 0;
  return [{ end: next, branch: changePacket(branch, { connectionMark }) }];
}

function parseMask(text = '0xffffffff'): number | undefined {
  return parseMarkAndMask(text)?.mark;
}

function applySNAT({ branch, valueOf }: TargetOptions): readonly Passed[] {
  return spreadOver(branch, valueOf('--to-source') ?? '', 'source');
}
