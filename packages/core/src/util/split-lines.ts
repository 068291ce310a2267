/** A line of a text, without its end. */
export interface Line {
  readonly text: string;
  /** The offset of its first character, in UTF-16 code units. */
  readonly start: number;
}

/** The lines of a text; a final line feed ends the last line and begins none. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    lines.push({ text: text.slice(start, end), start });
    start = end + 1;
  }
  return lines;
}
