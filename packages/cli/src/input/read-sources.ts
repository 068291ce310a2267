import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  defaultMaxLength,
  refuseLargeInput,
  type Diagnostic,
  type SourceText,
} from '@kube-rules/core';
import type { CommandIO } from '../io.ts';
import { UsageError } from '../usage-error.ts';

export interface ReadSources {
  readonly sources: readonly SourceText[];
  readonly diagnostics: readonly Diagnostic[];
}

const standardInput = '-';

/** Reads the files, folders (their YAML and JSON files) and standard input (`-`, or no name at all). */
export async function readSources(names: readonly string[], io: CommandIO): Promise<ReadSources> {
  const files = (
    await Promise.all((names.length === 0 ? [standardInput] : names).map(expandFolder))
  ).flat();
  const sources: SourceText[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of files) {
    const file = name === standardInput ? '<stdin>' : name;
    const text = name === standardInput ? await readStandardInput(io) : await readText(name);
    if (text === undefined) diagnostics.push(refuseLargeInput(file));
    else sources.push({ file, text });
  }
  return { sources, diagnostics };
}

/** The YAML and JSON files of a folder; any other name alone. */
export async function expandFolder(name: string): Promise<string[]> {
  if (name === standardInput) return [name];
  const info = await stat(name).catch((error: unknown) => failToRead(name, error));
  if (!info.isDirectory()) return [name];
  const entries = (await readdir(name)).filter((entry) => /\.(?:ya?ml|json)$/.test(entry));
  if (entries.length === 0) throw new UsageError(`${name} holds no YAML or JSON file`);
  return entries.sort().map((entry) => join(name, entry));
}

async function readText(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > defaultMaxLength ? undefined : await readFile(file, 'utf8');
  } catch (error) {
    return failToRead(file, error);
  }
}

async function readStandardInput(io: CommandIO): Promise<string | undefined> {
  const bytes = await io.readInput();
  if (bytes === undefined) {
    throw new UsageError(
      'no input: name a file, or pipe one in (kubectl get services,endpointslices,nodes -A -o json | …)',
    );
  }
  return bytes.length > defaultMaxLength ? undefined : bytes.toString('utf8');
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};

function failToRead(file: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  throw new UsageError(`cannot read ${file}: ${reasons[code] ?? String(error)}`);
}
