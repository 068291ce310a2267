import { compareText } from '../../util/compare-text.ts';

const ofSchedulers: ReadonlyMap<string, readonly string[]> = new Map([
  ['mh', ['mh-fallback', 'mh-port']],
  ['sh', ['sh-fallback', 'sh-port']],
]);

/** The flags by the names that ipvsadm prints for a scheduler, sorted: `flag-2` of `mh` is `mh-port`. */
export function canonicalSchedulerFlags(scheduler: string, flags: readonly string[]): string[] {
  const names = ofSchedulers.get(scheduler) ?? [];
  const canonical = flags.map((flag) => {
    const bit = bitOf(flag);
    return bit === undefined ? flag : (names[bit] ?? `flag-${bit + 1}`);
  });
  return [...new Set(canonical)].toSorted(compareText);
}

function bitOf(flag: string): number | undefined {
  if (/^flag-[1-3]$/.test(flag)) return Number(flag.slice(-1)) - 1;
  for (const names of ofSchedulers.values()) {
    const bit = names.indexOf(flag);
    if (bit >= 0) return bit;
  }
  return undefined;
}
