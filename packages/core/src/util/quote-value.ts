const longest = 80;

/** A value of the user's in double quotes, with control characters escaped, cut to 80 characters: safe on a terminal. */
export function quoteValue(value: unknown): string {
  const text =
    JSON.stringify(typeof value === 'string' ? value.slice(0, longest + 1) : value) ?? 'undefined';
  const escaped = text.replaceAll(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    escapeUnit,
  );
  return escaped.length > longest + 2 ? `${escaped.slice(0, longest)}…"` : escaped;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
