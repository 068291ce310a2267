import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ruleset } from '@kube-rules/core';
import { UsageError } from '../usage-error.ts';
import { diffLines, type Hunk } from './diff-lines.ts';
import type { OwnerFinder } from './owner.ts';
import { ownerFinder } from './line-owner.ts';
import { describeChanges, type ServiceChange } from './describe-changes.ts';

/** How one document differs from its golden file. */
export type Difference =
  | { readonly kind: 'missing'; readonly file: string }
  | {
      readonly kind: 'changed';
      readonly file: string;
      readonly added: number;
      readonly removed: number;
      readonly services: readonly ServiceChange[];
      /** Empty where the two are too different to be compared line by line. */
      readonly hunks: readonly Hunk[];
    };

export interface Check {
  readonly folder: string;
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** Compares the documents with the files of the same names in a folder. */
export async function checkFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  ruleset: Ruleset,
): Promise<Check> {
  const differences: Difference[] = [];
  for (const [name, compiled] of Object.entries(files)) {
    const file = join(folder, name);
    const golden = await readGolden(file);
    if (golden === undefined) differences.push({ kind: 'missing', file });
    else if (golden !== compiled)
      differences.push(compare({ file, golden, compiled }, ownerFinder(ruleset, golden)));
  }
  return { folder, compared: Object.keys(files).length, differences };
}

async function readGolden(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(
      `cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

interface Comparison {
  readonly file: string;
  readonly golden: string;
  readonly compiled: string;
}

function compare({ file, golden, compiled }: Comparison, ownerOf: OwnerFinder): Difference {
  const { added, removed, hunks, changed } = diffLines(golden, compiled, ownerOf);
  const services = describeChanges({ golden, compiled, changed });
  return { kind: 'changed', file, added, removed, services, hunks };
}
