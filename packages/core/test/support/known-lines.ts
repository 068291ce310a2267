import {
  compile,
  createSnapshot,
  renderFiles,
  type Form,
  type Layout,
  type Mode,
  type Ruleset,
} from '@kube-rules/core';
import { expect } from 'vitest';
import { expectOnlyKnownNftLines } from './known-nft-lines.ts';
import { readRestoreWords } from './restore-words.ts';

const chain = /^[A-Z][A-Z0-9-]{0,27}$/;
const address = /^[0-9A-Fa-f:.]+(?:\/\d{1,3})?$/;
const number = /^\d+$/;
const mark = /^0x[0-9a-f]{8}$/;

type OptionWords = Readonly<Record<string, readonly RegExp[]>>;

/** Each option that a rule of iptables mode may have, and what its words look like; no more options than these. */
const iptablesOptions: OptionWords = {
  '-A': [chain],
  '-j': [chain],
  '-m': [/^(?:comment|tcp|udp|sctp|conntrack|mark|addrtype|statistic|recent|nfacct)$/],
  '-p': [/^(?:tcp|udp|sctp)$/],
  '-s': [address],
  '-d': [address],
  '-i': [/^.*$/su],
  '--comment': [/^[A-Za-z0-9 ./:;>[\]-]{1,255}$/],
  '--dport': [number],
  '--ctstate': [/^[A-Z]+(?:,[A-Z]+)*$/],
  '--mark': [/^(0x[0-9a-f]{8})\/\1$/],
  '--or-mark': [mark],
  '--xor-mark': [mark],
  '--src-type': [/^LOCAL$/],
  '--dst-type': [/^LOCAL$/],
  '--mode': [/^random$/],
  '--probability': [/^0\.\d{10}$/],
  '--name': [/^KUBE-SEP-[A-Z2-7]{16}$/],
  '--seconds': [number],
  '--nfacct-name': [/^(?:ct_state_invalid_dropped_pkts|localhost_nps_accepted_pkts)$/],
  '--to-destination': [/^(?:[0-9.]+|\[[0-9A-Fa-f:.]+\]):\d+$/],
};

/** In ipvs mode comments and sets are kube-proxy's own: nothing of the user's is in them. */
const ipvsOptions: OptionWords = {
  ...iptablesOptions,
  '-m': [/^(?:comment|conntrack|mark|addrtype|set|ipvs|physdev)$/],
  '--comment': [/^(?:[Kk]ubernetes|kube-proxy|Addresses) [A-Za-z :+=',-]+$/],
  '--match-set': [/^KUBE-[A-Z0-9-]{1,26}$/, /^(?:src|dst)(?:,(?:src|dst)){0,2}$/],
  '--vaddr': [address],
  '--vproto': [/^(?:tcp|udp|sctp)$/],
  '--vport': [number],
};

/** In userspace mode a name is the whole comment. */
const userspaceOptions: OptionWords = {
  '-A': [chain],
  '-j': [chain],
  '-m': [/^(?:comment|tcp|udp|physdev|addrtype|state)$/],
  '-p': [/^(?:tcp|udp)$/],
  '-d': [address],
  '--comment': [/^(?:[a-z0-9./:-]{1,200}|(?:handle|Ensure) [A-Za-z ;:-]+)$/],
  '--dport': [number],
  '--dst-type': [/^LOCAL$/],
  '--state': [/^NEW$/],
  '--to-ports': [number],
  '--to-destination': [/^(?:[0-9.]+|\[[0-9a-f:.]+\]):\d+$/],
};

const optionsByMode: Readonly<Record<Mode, OptionWords>> = {
  iptables: iptablesOptions,
  ipvs: ipvsOptions,
  userspace: userspaceOptions,
  nftables: {},
};

const optionsWithoutWord = ['--rcheck', '--reap', '--set', '--random-fully', '--physdev-is-in'];
const invertible = ['-s', '-d', '-i', '--ctstate', '--mark', '--src-type', '--physdev-is-in'];
const notRules = [/^\*(?:filter|nat)$/, /^COMMIT$/, /^:[A-Z][A-Z0-9-]{0,27} (?:-|ACCEPT) \[0:0\]$/];

/** What is wrong with a line of a rule document; nothing if it has known options only, and no word that belongs to none. */
export function findUnknownWord(line: string, mode: Mode = 'iptables'): string | undefined {
  if (notRules.some((pattern) => pattern.test(line))) return undefined;
  const words = readRestoreWords(line);
  if (words[0] !== '-A') return `no rule: ${line}`;
  let index = 0;
  while (index < words.length) {
    const length = lengthOfOption(words.slice(index), mode);
    if (length === 0) return `${words.slice(index, index + 2).join(' ')} in ${line}`;
    index += length;
  }
  return undefined;
}

/** How many words are an option that a rule may have: itself, and its own words if it takes some. */
function lengthOfOption([option = '', ...rest]: readonly string[], mode: Mode): number {
  if (option === '!') return invertible.includes(rest[0] ?? '') ? 1 : 0;
  if (optionsWithoutWord.includes(option)) return 1;
  const options = optionsByMode[mode];
  const patterns = Object.hasOwn(options, option) ? options[option] : undefined;
  const fits = patterns?.every((pattern, index) => pattern.test(rest[index] ?? '\0')) ?? false;
  return patterns && fits ? patterns.length + 1 : 0;
}

const scriptStart = /^[^]*?<<'END_OF_RULES'\n/;
const scriptEnd = 'END_OF_RULES\n';

/** What the lines of the other documents look like, by the end of the file's name. */
const lineOf: Readonly<Record<string, RegExp>> = {
  sysctl: /^net\.[a-z0-9_.]+ = \d+$/,
  ipset:
    /^(?:create|add) KUBE-[A-Z0-9-]{1,26} [a-z0-9:.,/]+(?: (?:family inet6?|hashsize \d+|maxelem \d+|range 0-65535))*$/,
  ipvsadm:
    /^(?:-A (?:-t|-u|--sctp-service) [0-9a-f:.[\]]+ -s \w{1,15}(?: -p \d+)?(?: -b mh-port)?|-a (?:-t|-u|--sctp-service) [0-9a-f:.[\]]+ -r [0-9A-Fa-f:.[\]]+ -m -w 1)$/,
  addresses: /^[0-9a-f:.]+$/,
  listeners:
    /^\{"servicePort":"[a-z0-9./:-]+","protocol":"(?:tcp|udp)","address":"[0-9a-f:.]+","port":\d+,"endpoints":\[["0-9A-Fa-f:.,[\]]*\](?:,"affinityTimeout":\d+)?(?:,"claims":\[["0-9a-f:.,[\]]+\])?\}$/,
  'ipvs-timeouts': /^--set \d+ \d+ \d+$/,
};

const nothing = createSnapshot({}, { nodeName: 'node-a' }).snapshot;
const empty: Readonly<Record<Mode, Ruleset>> & { readonly fast: Ruleset } = {
  iptables: compile(nothing, 'iptables'),
  ipvs: compile(nothing, 'ipvs'),
  userspace: compile(nothing, 'userspace'),
  nftables: compile(nothing, 'nftables'),
  fast: compile(nothing, 'nftables', { layout: 'fast' }),
};

export interface Rendered {
  readonly form: Form;
  readonly mode?: Mode;
  readonly layout?: Layout;
}

/** Asserts that files hold lines as above, and the rule documents besides them what those of an empty cluster hold. */
export function expectOnlyKnownLines(
  files: Readonly<Record<string, string>>,
  { form, mode = 'iptables', layout = 'kube-proxy' }: Rendered,
): void {
  const plain = renderFiles(empty[layout === 'fast' ? layout : mode], { form });
  const always = Object.keys(files).filter((name) => name !== 'node.ipvs-timeouts');
  expect(always).toEqual(Object.keys(plain));
  for (const [name, text] of Object.entries(files)) {
    // A control character in any file could end a line or reach a terminal.
    expect(/[^\P{Cc}\n]/u.exec(text)).toBeNull();
    if (name.endsWith('.jumps')) expect(text).toBe(plain[name]);
    else if (name.endsWith('.nft')) expectOnlyKnownNftLines(text, plain[name] ?? '');
    else if (name.endsWith('.iptables')) expectRules(text, plain[name] ?? '', mode);
    else expectLines(text, lineOf[name.replace(/^\w+\./, '')]);
  }
}

function expectLines(text: string, known: RegExp | undefined): void {
  expect(known).toBeDefined();
  expect(text === '' || text.endsWith('\n')).toBe(true);
  expect(text.split('\n').filter((line) => line !== '' && !known?.test(line))).toEqual([]);
}

function expectRules(text: string, plain: string, mode: Mode): void {
  const start = scriptStart.exec(plain)?.[0] ?? '';
  const end = start === '' ? '' : scriptEnd;
  expect(text.startsWith(start) && text.endsWith(end)).toBe(true);
  const rules = text.slice(start.length, text.length - end.length);
  expect(rules.endsWith('COMMIT\n')).toBe(true);
  const lines = rules.slice(0, -1).split('\n');
  const problems = lines.map((line) => findUnknownWord(line, mode));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
}
