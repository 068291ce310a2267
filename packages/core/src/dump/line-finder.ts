import type { Place } from '../diff/node-rules.ts';
import type { DumpFiles } from './read-dumps.ts';

/** Finds lines of places, counted from 1; reads each file once, and only if it is asked for. */
export function lineFinder(files: DumpFiles): (place: Place) => number {
  const starts = new Map<string, readonly number[]>();
  return ({ source, offset }) => {
    const known = starts.get(source) ?? lineStarts(files[source] ?? '');
    starts.set(source, known);
    let low = 0;
    let high = known.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((known[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1))
    starts.push(feed + 1);
  return starts;
}
