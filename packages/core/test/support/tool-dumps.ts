import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Output of the tools on nodes of other people, which lies beside the repository where it is at hand. */
export const dumpFolder = fileURLToPath(new URL('../../../../../shared/dumps', import.meta.url));

export interface ToolDump {
  readonly name: string;
  /** Without the line that tells where it is from. */
  readonly text: string;
}

/** The dumps whose name has one of these words; none where there is no folder. */
export function readToolDumps(words: readonly string[]): readonly ToolDump[] {
  if (!existsSync(dumpFolder)) return [];
  return readdirSync(dumpFolder)
    .filter((name) => words.some((word) => name.includes(word)))
    .toSorted()
    .map((name) => ({
      name,
      text: readFileSync(join(dumpFolder, name), 'utf8').replace(/^# source:.*\n/, ''),
    }));
}
