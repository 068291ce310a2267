/** Pairs of equal texts of two lists, as indexes, ascending in both. */
export type CommonPairs = readonly (readonly [number, number])[];

/**
 * Pairs up what two lists have in common in the same order. The k-th of several equal texts is paired
 * with the k-th of the other list, which leaves the longest common order where texts are unique, and a
 * long one otherwise. Takes n log n.
 */
export function commonOrder(a: readonly string[], b: readonly string[]): CommonPairs {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end++;
  const middle = longestAscent(
    pairUp(a.slice(start, a.length - end), b.slice(start, b.length - end)),
  ).map(([left, right]) => [left + start, right + start] as const);
  return [
    ...a.slice(0, start).map((_, index) => [index, index] as const),
    ...middle,
    ...a
      .slice(a.length - end)
      .map((_, index) => [a.length - end + index, b.length - end + index] as const),
  ];
}

function pairUp(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const places = new Map<string, number[]>();
  for (const [index, text] of b.entries()) {
    const present = places.get(text);
    if (present) present.push(index);
    else places.set(text, [index]);
  }
  const used = new Map<string, number>();
  return a.flatMap((text, index) => {
    const count = used.get(text) ?? 0;
    const place = places.get(text)?.[count];
    if (place === undefined) return [];
    used.set(text, count + 1);
    return [[index, place] as const];
  });
}

/** The longest part of the pairs that ascends on the right, too. */
function longestAscent(pairs: CommonPairs): CommonPairs {
  const before: number[] = [];
  /** By length minus one: the pair with the smallest right side that ends an ascent of it. */
  const ends: number[] = [];
  for (const [index, [, right]] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < right) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  }
  const ascent: (readonly [number, number])[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair) ascent.push(pair);
  }
  return ascent.toReversed();
}
