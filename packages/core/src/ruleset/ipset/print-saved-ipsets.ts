import { printEntry } from './print-entry.ts';
import type { SavedEntry, SavedIPSets, SavedLine } from './saved-ast.ts';
import { printLines } from '../../util/print-lines.ts';

/** Prints what `parseIPSets` read. What ipset printed, and what kube-rules prints for it, becomes the same text again. */
export function printSavedIPSets({ lines, isTerminated }: SavedIPSets): string {
  const text = printLines(lines, printSavedLine);
  return isTerminated ? text : text.slice(0, -1);
}

/** Prints one line, without its end. */
function printSavedLine(line: SavedLine): string {
  switch (line.kind) {
    case 'create':
      return ['create', ...line.flags, line.name, line.type, ...line.options].join(' ');
    case 'add':
      return ['add', ...line.flags, line.name, printSaved(line.entry), ...line.options].join(' ');
    case 'field':
      return [`${line.field}:`, ...line.words].join(' ');
    case 'member':
      return [printSaved(line.entry), ...line.options].join(' ');
    case 'blank':
    case 'comment':
    case 'unread':
      return line.text;
  }
}

function printSaved(entry: SavedEntry): string {
  return entry.kind === 'other' ? entry.text : printEntry(entry);
}
