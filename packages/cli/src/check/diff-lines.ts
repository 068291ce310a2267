import { structuredPatch } from 'diff';
import type { LineOwner, OwnerFinder } from './line-owner.ts';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Only of a changed line. */
  readonly owner?: LineOwner;
}

/** Changed lines with some around them. Line numbers count from 1. */
export interface Hunk {
  readonly goldenStart: number;
  readonly goldenLines: number;
  readonly compiledStart: number;
  readonly compiledLines: number;
  /** The table in which the hunk begins. */
  readonly table?: string;
  readonly lines: readonly DiffLine[];
}

export interface LineDifference {
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly Hunk[];
}

/** The work grows with lines × changes: past this many changes a line by line view would help nobody. */
const mostChanges = 4000;

export function diffLines(golden: string, compiled: string, ownerOf: OwnerFinder): LineDifference {
  const patch = structuredPatch('', '', golden, compiled, '', '', {
    context: 3,
    maxEditLength: mostChanges,
  });
  if (!patch) return { ...countLines(golden, compiled), hunks: [] };
  const tables = tableStarts(compiled);
  const hunks = patch.hunks.map((hunk): Hunk => {
    const table = tables.findLast(({ line }) => line <= hunk.newStart)?.name;
    return {
      goldenStart: hunk.oldStart,
      goldenLines: hunk.oldLines,
      compiledStart: hunk.newStart,
      compiledLines: hunk.newLines,
      ...(table !== undefined && { table }),
      lines: hunk.lines.map((line) => toDiffLine(line, ownerOf)),
    };
  });
  const count = (kind: DiffLine['kind']): number =>
    hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
  return { added: count('added'), removed: count('removed'), hunks };
}

const kinds: Readonly<Record<string, DiffLine['kind']>> = { '+': 'added', '-': 'removed' };

function toDiffLine(line: string, ownerOf: OwnerFinder): DiffLine {
  const kind = kinds[line[0] ?? ''] ?? 'same';
  const text = line.slice(1);
  const owner = kind === 'same' ? undefined : ownerOf(text);
  return { kind, text, ...(owner && { owner }) };
}

function tableStarts(text: string): { line: number; name: string }[] {
  return text.split('\n').flatMap((content, index) => {
    const name = /^\*(\w+)$/.exec(content)?.[1];
    return name === undefined ? [] : [{ line: index + 1, name }];
  });
}

function countLines(golden: string, compiled: string): { added: number; removed: number } {
  const lines = { golden: golden.split('\n'), compiled: compiled.split('\n') };
  const before = new Set(lines.golden);
  const after = new Set(lines.compiled);
  return {
    added: lines.compiled.filter((line) => !before.has(line)).length,
    removed: lines.golden.filter((line) => !after.has(line)).length,
  };
}
