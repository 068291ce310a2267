import { structuredPatch } from 'diff';
import type { LineOwner, OwnerFinder } from './owner.ts';

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
  /** Empty where the two are too different to be compared line by line. */
  readonly hunks: readonly Hunk[];
  /** All lines that are in one of the two only, with their owners. */
  readonly changed: readonly DiffLine[];
}

/** The work grows with lines × changes: past this many changes a line by line view would help nobody. */
const mostChanges = 4000;

export function diffLines(golden: string, compiled: string, ownerOf: OwnerFinder): LineDifference {
  const patch = structuredPatch('', '', golden, compiled, '', '', {
    context: 3,
    maxEditLength: mostChanges,
  });
  if (!patch) return summarize([], linesOfOne(golden, compiled, ownerOf));
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
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return summarize(
    hunks,
    lines.filter(({ kind }) => kind !== 'same'),
  );
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

function linesOfOne(golden: string, compiled: string, ownerOf: OwnerFinder): DiffLine[] {
  const before = new Set(golden.split('\n'));
  const after = new Set(compiled.split('\n'));
  return [
    ...[...before].filter((line) => !after.has(line)).map((line) => `-${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+${line}`),
  ].map((line) => toDiffLine(line, ownerOf));
}

function summarize(hunks: readonly Hunk[], changed: readonly DiffLine[]): LineDifference {
  const count = (kind: DiffLine['kind']): number =>
    changed.filter((line) => line.kind === kind).length;
  return { added: count('added'), removed: count('removed'), hunks, changed };
}
