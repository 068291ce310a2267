import { compile, parseSnapshot, renderFiles } from '@kube-rules/core';
import type { Form, Layout, NftablesRuleset } from '@kube-rules/core';
import { requireFiles } from './documents.ts';
import { hereDocument } from './namespace.ts';

const FILES = ['ipv4.nft', 'ipv6.nft'] as const;

/** The files of nftables mode by name. */
export type NftablesDocuments = Readonly<Record<(typeof FILES)[number], string>>;

/** What kube-rules makes of a snapshot in nftables mode. */
export function compileNftables(snapshotText: string, layout: Layout): NftablesRuleset {
  const { snapshot } = parseSnapshot(snapshotText);
  return compile(snapshot, 'nftables', { layout });
}

/** The documents of a ruleset. */
export function printNftablesDocuments(ruleset: NftablesRuleset, form: Form): NftablesDocuments {
  return requireFiles(renderFiles(ruleset, { form }), FILES);
}

/** Loads the documents, a program each, as a node would. */
export function loadNftablesScript(documents: NftablesDocuments): string {
  return FILES.map((name) => `nft -f - ${hereDocument(documents[name])}`).join('');
}
