/** A place as editors count: both from 1, the column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset in `text`. Linear in the text: meant for printing, not for every rule. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (
    let feed = text.indexOf('\n');
    feed >= 0 && feed < offset;
    feed = text.indexOf('\n', lineStart)
  ) {
    line++;
    lineStart = feed + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
