import {
  parseSnapshot,
  type Diagnostic,
  type Snapshot,
  type SourceText,
  type SourceTexts,
} from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import type { CommandIO } from '../io.ts';
import { readSources } from './read-sources.ts';

export interface LoadedSnapshot {
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
  /** The inputs by name, for positions and code frames. */
  readonly texts: SourceTexts;
}

/** Whose rules are wanted. */
export interface NodeChoice {
  /** As it was asked for. */
  readonly node?: string | undefined;
  /** Of the machine on which this process runs, where its rules are meant. */
  readonly machineName?: string;
}

export async function loadSnapshot(
  files: readonly string[],
  { node, machineName }: NodeChoice,
  { io, kubeProxyArgs }: CommandContext,
): Promise<LoadedSnapshot> {
  const { sources, diagnostics } = await readSources(files, io);
  announce(sources, io);
  const parsed = parseSnapshot(sources, {
    kubeProxyArgs,
    ...(node !== undefined && { nodeName: node }),
    ...(machineName !== undefined && { machineName }),
  });
  return {
    snapshot: parsed.snapshot,
    diagnostics: [...diagnostics, ...parsed.diagnostics],
    texts: Object.fromEntries(sources.map(({ file, text }) => [file, text])),
  };
}

/** Input from this length on takes over a second to read. */
const longRead = 4_000_000;

function announce(sources: readonly SourceText[], io: CommandIO): void {
  const length = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (length < longRead || !io.errorIsTerminal) return;
  io.writeError(`reading ${(length / 1e6).toFixed(0)} MB …\n`);
}
