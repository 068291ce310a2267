/** The kernel rounds probabilities to parts of 2^31. */
const closeEnough = 1e-6;

const largestDenominator = 20;

/** How likely something is, as people say it: `always`, `1 in 3`, `3 in 8`, else `12.3 %`. */
export function printShare(probability: number): string {
  if (probability > 1 - closeEnough) return 'always';
  const inverse = Math.round(1 / probability);
  if (Math.abs(probability * inverse - 1) < closeEnough) return `1 in ${inverse}`;
  for (let of = 2; of <= largestDenominator; of++) {
    const parts = Math.round(probability * of);
    if (parts > 0 && Math.abs(probability - parts / of) < closeEnough) return `${parts} in ${of}`;
  }
  return `${Number((probability * 100).toPrecision(3))} %`;
}
