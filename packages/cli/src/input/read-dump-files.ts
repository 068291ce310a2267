import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic, DumpFiles } from '@kube-rules/core';
import type { CommandIO } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { readSources } from './read-sources.ts';

export interface ReadDumpFiles {
  /** By the name as it was given, or with its folder. */
  readonly files: DumpFiles;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a node's dumps: files, folders (all their files) and standard input (`-`). */
export async function readDumpFiles(
  names: readonly string[],
  io: CommandIO,
): Promise<ReadDumpFiles> {
  if (names.length === 0) return { files: {}, diagnostics: [] };
  const expanded = await Promise.all(names.map(filesOf));
  const { sources, diagnostics } = await readSources(expanded.flat(), io);
  return {
    files: Object.fromEntries(sources.map(({ file, text }) => [file, text])),
    diagnostics,
  };
}

/** What cannot be read is told when it is. */
async function filesOf(name: string): Promise<string[]> {
  const info = await stat(name).catch(() => undefined);
  if (!info?.isDirectory()) return [name];
  const entries = await readdir(name, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  if (files.length === 0) throw new UsageError(`${name} holds no file`);
  return files.map((entry) => join(name, entry.name)).sort();
}

/** Standard input can be read once. */
export function refuseOneInputTwice(snapshot: readonly string[], live: readonly string[]): void {
  const isSnapshot = snapshot.length === 0 || snapshot.includes('-');
  if (isSnapshot && live.includes('-'))
    throw new UsageError('the snapshot and --live cannot both be standard input; name a file');
}

/** Whether what was read is a cluster's objects: YAML, or JSON with an apiVersion. */
export function isSnapshot(files: DumpFiles): boolean {
  return Object.entries(files).some(
    ([file, text]) =>
      /\.ya?ml$/.test(file) ||
      /^apiVersion:|^kind:|^\s*\{[^]{0,200}"apiVersion"/m.test(text.slice(0, 4096)),
  );
}
