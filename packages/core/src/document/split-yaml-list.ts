import type { Chunk } from './source-text.ts';

/** A `List` as kubectl prints it, cut into what can be read by itself. */
export interface YAMLListParts {
  /** The mapping without its items, as ranges before and after them. */
  readonly head: Chunk;
  readonly tail: Chunk;
  readonly items: readonly Chunk[];
}

const itemsKey = '\nitems:\n- ';

/**
 * Cuts a block-style `List` at its items, which begin with `- ` at the start of a line: nothing
 * within an item may stand there. `undefined` if the document does not look so. Read as one, a
 * large list takes a hundred times its size in memory.
 */
export function splitYAMLList(chunk: Chunk): YAMLListParts | undefined {
  const text = chunk.source.text.slice(chunk.start, chunk.end);
  const key = `\n${text}`.indexOf(itemsKey);
  if (key < 0) return undefined;
  const first = key + itemsKey.length - '\n- '.length;
  const starts: number[] = [];
  const line = /^(?:- |[^\s#-])/gm;
  line.lastIndex = first;
  let end = text.length;
  for (let match = line.exec(text); match; match = line.exec(text)) {
    if (match[0] !== '- ') {
      end = match.index;
      break;
    }
    starts.push(match.index);
  }
  const part = (from: number, to: number): Chunk => ({
    source: chunk.source,
    start: chunk.start + from,
    end: chunk.start + to,
  });
  const items = starts.map((start, index) => part(start, starts[index + 1] ?? end));
  return { head: part(0, key), tail: part(end, text.length), items };
}
