import { escapeControls } from '../util/escape-controls.ts';
import type { Diagnostic, ObjectRef } from './diagnostic.ts';
import { positionAt } from './position.ts';

/** The inputs' texts by file name: what `print-diagnostic` needs for line, column and the code frame. */
export type SourceTexts = Readonly<Record<string, string>>;

const widestFrame = 100;

/**
 * Prints a diagnostic as compilers do: `file:line:column: severity CODE: message`, the object and
 * path behind it, and the lines of the input with a mark under the place. No final newline.
 */
export function printDiagnostic(diagnostic: Diagnostic, sources: SourceTexts = {}): string {
  const { code, severity, message, objects, range } = diagnostic;
  const text = range && Object.hasOwn(sources, range.source) ? sources[range.source] : undefined;
  const heading = `${printPlace(diagnostic, text)}${severity} ${code}: ${message}`;
  const lines = [heading, ...objects.map((object) => `  ${printObjectRef(object)}`)];
  const frame = range && text !== undefined ? printFrame(text, range.start, range.end) : [];
  return [...lines.map(escapeControls), ...frame].join('\n');
}

export function printObjectRef({ kind, namespace, name, path }: ObjectRef): string {
  const qualified = [namespace, name].filter((part) => part !== undefined).join('/');
  const object = [kind, qualified].filter((part) => part !== '').join(' ');
  return path === '' ? object : `${object}, ${path}`;
}

function printPlace({ range }: Diagnostic, text: string | undefined): string {
  if (!range) return '';
  if (text === undefined) return `${range.source}: `;
  const { line, column } = positionAt(text, range.start);
  return `${range.source}:${line}:${column}: `;
}

function printFrame(text: string, start: number, end: number): string[] {
  if (text.length === 0) return [];
  const { line, column } = positionAt(text, start);
  const lineStart = start - column + 1;
  const shown = lineAt(text, lineStart);
  if (column > widestFrame) return [];
  const marked = Math.max(1, Math.min(end, lineStart + shown.length) - start);
  const gutter = String(line).length;
  const frame = [`  ${line} | ${cut(shown)}`];
  if (lineStart > 0) {
    const before = text.slice(0, lineStart - 1).lastIndexOf('\n') + 1;
    frame.unshift(`  ${String(line - 1).padStart(gutter)} | ${cut(lineAt(text, before))}`);
  }
  const underline = '^'.repeat(Math.min(marked, widestFrame - column + 1));
  frame.push(`  ${' '.repeat(gutter)} | ${' '.repeat(column - 1)}${underline}`);
  return frame;
}

function lineAt(text: string, start: number): string {
  const feed = text.indexOf('\n', start);
  const stop = Math.min(feed < 0 ? text.length : feed, start + widestFrame * 2);
  return text.slice(start, stop).replace(/\r$/, '');
}

/** Input may hold escape sequences: none may reach the terminal. */
function cut(line: string): string {
  return line
    .slice(0, widestFrame)
    .replaceAll(/[^\P{C}]|[\u2028\u2029]/gu, (character) => ' '.repeat(character.length));
}
