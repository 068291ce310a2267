import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeControls } from '@kube-rules/core';
import { UsageError } from '../usage-error.ts';

/** Writes the documents into a folder, which is made if need be, and says what was written. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  } catch (error) {
    throw new UsageError(
      `cannot write into ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const [first = '', ...others] = Object.keys(files);
  return escapeControls(`wrote ${[join(folder, first), ...others].join(' ')}`);
}
