import type { Backend } from '../ruleset/iptables/index.ts';
import { identifyDump } from './identify-dump.ts';
import type { DumpFiles } from './read-dumps.ts';

/** What makes an implementation the node's own, the strongest sign first. */
const signs: readonly RegExp[] = [
  /^:KUBE-(?:SERVICES|PORTALS-HOST) /m,
  /^(?:\[\d+:\d+\] )?-A /m,
  /^/,
];

/**
 * Of two implementations of iptables the one that has kube-proxy's chains, else the one that has any
 * rules, else the one that was dumped; nft of both. `undefined` where the dumps do not tell.
 */
export function chooseBackend(files: DumpFiles): Backend | undefined {
  const dumps = Object.entries(files).flatMap(([file, text]) => {
    const identity = identifyDump(file, text);
    return typeof identity === 'object' ? [{ backend: identity.backend, text }] : [];
  });
  for (const sign of signs) {
    const found = dumps.filter(({ text }) => sign.test(text)).map(({ backend }) => backend);
    if (found.includes('nft')) return 'nft';
    if (found.includes('legacy')) return 'legacy';
  }
  return undefined;
}
