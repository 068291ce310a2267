import { compile, createSnapshot, renderFiles, type Form } from '@kube-rules/core';
import { expect } from 'vitest';
import { readRestoreWords } from './restore-words.ts';

const chain = /^[A-Z][A-Z0-9-]{0,27}$/;
const address = /^[0-9A-Fa-f:.]+(?:\/\d{1,3})?$/;
const number = /^\d+$/;
const mark = /^0x[0-9a-f]{8}$/;

/** Each option that a rule may have, and what its one word looks like; no more options than these. */
const optionWords: Readonly<Record<string, RegExp>> = {
  '-A': chain,
  '-j': chain,
  '-m': /^(?:comment|tcp|udp|sctp|conntrack|mark|addrtype|statistic|recent|nfacct)$/,
  '-p': /^(?:tcp|udp|sctp)$/,
  '-s': address,
  '-d': address,
  '-i': /^.*$/su,
  '--comment': /^[A-Za-z0-9 ./:;>[\]-]{1,255}$/,
  '--dport': number,
  '--ctstate': /^[A-Z]+(?:,[A-Z]+)*$/,
  '--mark': /^(0x[0-9a-f]{8})\/\1$/,
  '--or-mark': mark,
  '--xor-mark': mark,
  '--src-type': /^LOCAL$/,
  '--dst-type': /^LOCAL$/,
  '--mode': /^random$/,
  '--probability': /^0\.\d{10}$/,
  '--name': /^KUBE-SEP-[A-Z2-7]{16}$/,
  '--seconds': number,
  '--nfacct-name': /^(?:ct_state_invalid_dropped_pkts|localhost_nps_accepted_pkts)$/,
  '--to-destination': /^(?:[0-9.]+|\[[0-9A-Fa-f:.]+\]):\d+$/,
};

const optionsWithoutWord = ['--rcheck', '--reap', '--set', '--random-fully'];
const invertible = ['-s', '-d', '-i', '--ctstate', '--mark'];
const notRules = [/^\*(?:filter|nat)$/, /^COMMIT$/, /^:[A-Z][A-Z0-9-]{0,27} (?:-|ACCEPT) \[0:0\]$/];

/** What is wrong with a line of a rule document; nothing if it has known options only, and no word that belongs to none. */
export function findUnknownWord(line: string): string | undefined {
  if (notRules.some((pattern) => pattern.test(line))) return undefined;
  const words = readRestoreWords(line);
  if (words[0] !== '-A') return `no rule: ${line}`;
  let index = 0;
  while (index < words.length) {
    const length = lengthOfOption(words.slice(index, index + 2));
    if (length === 0) return `${words.slice(index, index + 2).join(' ')} in ${line}`;
    index += length;
  }
  return undefined;
}

/** How many words are an option that a rule may have: itself, and its own word if it takes one. */
function lengthOfOption([option = '', word]: readonly string[]): number {
  if (option === '!') return invertible.includes(word ?? '') ? 1 : 0;
  if (optionsWithoutWord.includes(option)) return 1;
  const pattern = Object.hasOwn(optionWords, option) ? optionWords[option] : undefined;
  return word !== undefined && pattern?.test(word) ? 2 : 0;
}

const scriptStart = /^[^]*?<<'END_OF_RULES'\n/;
const scriptEnd = 'END_OF_RULES\n';

const empty = compile(createSnapshot({}, { nodeName: 'node-a' }).snapshot, 'iptables');

/** Asserts that files hold rule lines as above, and besides them what the files of an empty cluster hold. */
export function expectOnlyKnownLines(files: Readonly<Record<string, string>>, form: Form): void {
  const plain = renderFiles(empty, { form });
  expect(Object.keys(files)).toEqual(Object.keys(plain));
  for (const [name, text] of Object.entries(files)) {
    // A control character in any file could end a line or reach a terminal.
    expect(/[^\P{Cc}\n]/u.exec(text)).toBeNull();
    if (name.endsWith('.jumps')) expect(text).toBe(plain[name]);
    else if (name.endsWith('.sysctl')) expect(['', plain[name]]).toContain(text);
    else expectRules(text, plain[name] ?? '');
  }
}

function expectRules(text: string, plain: string): void {
  const start = scriptStart.exec(plain)?.[0] ?? '';
  const end = start === '' ? '' : scriptEnd;
  expect(text.startsWith(start) && text.endsWith(end)).toBe(true);
  const rules = text.slice(start.length, text.length - end.length);
  expect(rules.endsWith('COMMIT\n')).toBe(true);
  const lines = rules.slice(0, -1).split('\n');
  expect(lines.map(findUnknownWord).filter((problem) => problem !== undefined)).toEqual([]);
}
