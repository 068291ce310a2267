import { escapeControls } from '@kube-rules/core';
import type { Palette } from '../output/palette.ts';
import type { Check, Difference } from './check-files.ts';
import type { ServiceChange } from './describe-changes.ts';
import type { DiffLine, Hunk } from './diff-lines.ts';

/** The result of `--check` for a person: the answer, then which Services changed, then the lines. */
export function printCheck({ folder, compared, differences }: Check, palette: Palette): string {
  const documents = `${compared} document${compared === 1 ? '' : 's'}`;
  const place = escapeControls(folder);
  if (differences.length === 0) return `${place}: ${documents} as compiled\n`;
  const changed = differences.flatMap((one) =>
    one.kind === 'changed' ? [printDifference(one, palette)] : [],
  );
  const missing = differences.flatMap(({ kind, file }) =>
    kind === 'missing' ? [`${palette.bold(`${escapeControls(file)} is missing`)}\n`] : [],
  );
  const blocks = [...changed, ...(missing.length > 0 ? [missing.join('')] : [])];
  return `${blocks.join('\n')}\nrun again with -o ${place} instead of --check to accept\n`;
}

/** Of very many changed service ports the first are named; `--json` lists all. */
const mostNamed = 50;

type ChangedFile = Extract<Difference, { kind: 'changed' }>;

function printDifference(difference: ChangedFile, palette: Palette): string {
  const file = escapeControls(difference.file);
  const { services, added, removed, hunks } = difference;
  const count = services.length === 1 ? '1 service port' : `${services.length} service ports`;
  const what = services.length === 0 ? '' : `: ${count} changed`;
  const head = palette.bold(`${file} differs${what} (+${added} -${removed})`);
  const changes = services.slice(0, mostNamed).map(printChange).map(escapeControls);
  const unnamed = services.length - mostNamed;
  if (unnamed > 0) changes.push(`  ... and ${unnamed} more (--json lists all)`);
  const note = hunks.length === 0 ? ['too different to be compared line by line'] : [];
  const lines =
    hunks.length === 0
      ? []
      : [`--- ${file}`, '+++ compiled', ...hunks.flatMap((hunk) => printHunk(hunk, palette))];
  return [head, ...changes, ...note, ...(lines.length > 0 ? ['', ...lines] : []), ''].join('\n');
}

function printChange({ servicePort, kind, newEndpoints, goneEndpoints }: ServiceChange): string {
  if (kind === 'new') return `  + ${servicePort} is new`;
  if (kind === 'gone') return `  - ${servicePort} is gone`;
  const details = [
    ...newEndpoints.map((endpoint) => `endpoint ${endpoint} is new`),
    ...goneEndpoints.map((endpoint) => `endpoint ${endpoint} is gone`),
  ];
  return `  ~ ${servicePort}${details.length > 0 ? `: ${details.join(', ')}` : ''}`;
}

function printHunk(hunk: Hunk, palette: Palette): string[] {
  const { goldenStart, goldenLines, compiledStart, compiledLines, table } = hunk;
  const place = `@@ -${goldenStart},${goldenLines} +${compiledStart},${compiledLines} @@`;
  const lines = [palette.dim(table === undefined ? place : `${place} ${table}`)];
  let shown: string | undefined;
  for (const line of hunk.lines) {
    const owner = line.owner?.text;
    if (owner !== undefined && owner !== shown)
      lines.push(palette.dim(escapeControls(`# ${owner}`)));
    shown = line.kind === 'same' ? undefined : owner;
    lines.push(printLine(line, palette));
  }
  return lines;
}

/** A golden file may hold escape sequences: none may reach the terminal. */
function printLine({ kind, text: raw }: DiffLine, palette: Palette): string {
  const text = escapeControls(raw);
  switch (kind) {
    case 'added':
      return palette.green(`+${text}`);
    case 'removed':
      return palette.red(`-${text}`);
    case 'same':
      return ` ${text}`;
  }
}
