import {
  parseIpAddr,
  parseIpset,
  parseIptables,
  parseIpvsadm,
  parseNftables,
  printIpset,
  printIptables,
  printIpvsadm,
  printNftables,
} from '@kube-rules/core';
import type { Audit, DumpFiles } from '@kube-rules/core';
import type { ExpectStatic } from 'vitest';

/** A dump through its parser and printer. */
type Reprint = (text: string) => unknown;

/** By the file names of dumps; of JSON it is the value that stays. */
const REPRINTS: readonly (readonly [RegExp, Reprint])[] = [
  [/tables-(?:nft|legacy)-save$/, (text) => printIptables(parseIptables(text).document)],
  [/^ipset-/, (text) => printIpset(parseIpset(text).document)],
  [/(?:ipvsadm-save|ip_vs)$/, (text) => printIpvsadm(parseIpvsadm(text).document)],
  [/nft-list\.json$/, (text) => JSON.parse(printNftables(parseNftables(text).document))],
  [/nft-list$/, (text) => printNftables(parseNftables(text).document)],
  [/^ip-addr\.json$/, (text) => parseIpAddr(text).interfaces.map(({ name }) => name)],
];

/** Expects that nothing is amiss, nothing left over and nothing foreign, and that no dump was hard to read. */
export function expectWhole(found: Audit, expect: ExpectStatic): void {
  const { findings, foreign, diagnostics, isWhole, broken } = found;
  const ofDumps = diagnostics.filter(({ code }) => code.startsWith('DUMP_'));
  expect({ findings, foreign, ofDumps, isWhole, broken }).toEqual({
    findings: [],
    foreign: 0,
    ofDumps: [],
    isWhole: true,
    broken: [],
  });
}

/** Expects that each dump is printed again as it was read. */
export function expectRoundTrips(files: DumpFiles, expect: ExpectStatic): void {
  expect(Object.keys(files)).not.toEqual([]);
  for (const [file, text] of Object.entries(files)) {
    const reprint = REPRINTS.find(([pattern]) => pattern.test(file))?.[1];
    if (reprint === undefined) throw new Error(`${file} has no printer here.`);
    const isJSON = file.endsWith('.json');
    const expected = !isJSON
      ? text
      : file === 'ip-addr.json'
        ? interfaceNames(text)
        : JSON.parse(text);
    expect(reprint(text), file).toEqual(expected);
  }
}

function interfaceNames(text: string): readonly string[] {
  const interfaces = JSON.parse(text) as readonly { readonly ifname: string }[];
  return interfaces.map(({ ifname }) => ifname);
}
