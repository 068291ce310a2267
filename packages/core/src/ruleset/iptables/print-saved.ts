import { printSavedMatch } from './print-saved-match.ts';
import { printSavedTarget } from './print-saved-target.ts';
import type {
  Counters,
  Gaps,
  LineEnd,
  SavedBlank,
  SavedChain,
  SavedComment,
  SavedDocument,
  SavedJump,
  SavedJumps,
  SavedRule,
  SavedTable,
  SavedTableItem,
} from './saved.ts';

/** Prints a document as it was written: `printSaved(parseIptables(text).document)` is `text`, if nothing was wrong with it. */
export function printSaved({ items, lineEnd, ended }: SavedDocument): string {
  const lines = items.map((item) =>
    item.kind === 'table' ? printSavedTable(item, lineEnd) : item.text,
  );
  return lines.join(lineEnd) + (ended ? lineEnd : '');
}

/** Prints a `.jumps` file as it was written. */
export function printSavedJumps({ items, lineEnd, ended }: SavedJumps): string {
  return items.map(printJumpItem).join(lineEnd) + (ended ? lineEnd : '');
}

/** Prints one rule as it was written, without the line end. */
export function printSavedRule(rule: SavedRule): string {
  const head = [...printCounters(rule.counters), '-A', rule.chain];
  return printHead(head, rule.gaps, printSavedSpecification(rule));
}

/** As many lines are joined at once as keep their parts in the young generation. */
const linesAtOnce = 64;

function printSavedTable(table: SavedTable, lineEnd: LineEnd): string {
  const { name, items, committed, gaps, commitGaps } = table;
  const blocks = [printHead([`*${name}`], gaps)];
  for (let start = 0; start < items.length; start += linesAtOnce) {
    const lines = items.slice(start, start + linesAtOnce).map(printTableItem);
    blocks.push(lines.join(lineEnd));
  }
  if (committed) blocks.push(printHead(['COMMIT'], commitGaps));
  return blocks.join(lineEnd);
}

function printTableItem(item: SavedTableItem): string {
  if (item.kind === 'rule') return printSavedRule(item);
  return item.kind === 'chain' ? printChain(item) : item.text;
}

function printChain({ name, policy, counters, gaps }: SavedChain): string {
  return printHead([`:${name}`, policy, ...printCounters(counters)], gaps);
}

function printJumpItem(item: SavedJump | SavedComment | SavedBlank): string {
  switch (item.kind) {
    case 'newChain':
      return printHead(['-t', item.table, '-N', item.chain], item.gaps);
    case 'prepend':
    case 'append':
      return printHead(
        ['-t', item.table, item.kind === 'prepend' ? '-I' : '-A', item.rule.chain],
        item.rule.gaps,
        printSavedSpecification(item.rule),
      );
    case 'comment':
    case 'blank':
      return item.text;
  }
}

/** The words of a line's head and what follows them, with the blanks that stood between. */
function printHead(head: readonly string[], gaps: Gaps | undefined, rest = ''): string {
  if (!gaps) return head.join(' ') + rest;
  const words = head.map((word, index) => `${gaps[index] ?? ' '}${word}`);
  return words.join('') + rest + (gaps[head.length] ?? '');
}

function printCounters(counters: Counters | undefined): string[] {
  return counters ? [`[${counters.packets}:${counters.bytes}]`] : [];
}

function printSavedSpecification({ matches, target, targetAt }: SavedRule): string {
  let text = '';
  for (const [index, match] of matches.entries()) {
    if (target && index === targetAt) text += printSavedTarget(target);
    text += printSavedMatch(match);
  }
  return target && targetAt === undefined ? text + printSavedTarget(target) : text;
}
