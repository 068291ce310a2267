import { parseSnapshot, type Diagnostic, type Snapshot, type SourceTexts } from '@kube-rules/core';
import type { CommandContext } from '../run.ts';
import { readSources } from './read-sources.ts';

export interface LoadedSnapshot {
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
  /** The inputs by name, for positions and code frames. */
  readonly texts: SourceTexts;
}

export async function loadSnapshot(
  files: readonly string[],
  nodeName: string | undefined,
  { io, kubeProxyArgs }: CommandContext,
): Promise<LoadedSnapshot> {
  const { sources, diagnostics } = await readSources(files, io);
  const parsed = parseSnapshot(sources, {
    kubeProxyArgs,
    ...(nodeName !== undefined && { nodeName }),
  });
  return {
    snapshot: parsed.snapshot,
    diagnostics: [...diagnostics, ...parsed.diagnostics],
    texts: Object.fromEntries(sources.map(({ file, text }) => [file, text])),
  };
}
