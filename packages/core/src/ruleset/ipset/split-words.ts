/** The words of a line as ipset splits it: at blanks that are not between double quotes. The quotes stay. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let start = -1;
  let isQuoted = false;
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    if (isBlank(character) && !isQuoted) {
      if (start >= 0) words.push(line.slice(start, index));
      start = -1;
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    if (start < 0) start = index;
  }
  if (start >= 0) words.push(line.slice(start));
  return words;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r';
}
