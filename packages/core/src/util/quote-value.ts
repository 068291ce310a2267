import { escapeControls } from './escape-controls.ts';

const longest = 80;

/** A value of the user's in double quotes, with control characters escaped, cut to 80 characters: safe on a terminal. */
export function quoteValue(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text =
    JSON.stringify(typeof value === 'string' ? value.slice(0, longest + 1) : value) ?? 'undefined';
  const escaped = escapeControls(text);
  return escaped.length > longest + 2 ? `${escaped.slice(0, longest)}…"` : escaped;
}
