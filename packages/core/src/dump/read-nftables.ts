import type { Section } from '../diff/node-rules.ts';
import { nftablesSections } from '../diff/sections.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { normalizeParsed, parseNftables } from '../ruleset/nftables/index.ts';

interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** The tables of listings, scripts and JSON of nft; of a table that two files have, the one of the last. */
export function readNftables(
  dumps: readonly NamedText[],
  report: (found: readonly Diagnostic[]) => void,
): Section[] {
  const sections = new Map<string, Section>();
  for (const { text, file } of dumps) {
    const { document, diagnostics } = parseNftables(text, file);
    report(diagnostics);
    for (const section of nftablesSections(normalizeParsed(document), file))
      sections.set(section.name, section);
  }
  return [...sections.values()];
}
