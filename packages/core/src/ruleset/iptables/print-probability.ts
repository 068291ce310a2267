const printed: string[] = [];

/** 1 in `n` with ten decimals, as C's `%.10f` prints it. */
export function printProbability(n: number): string {
  return (printed[n] ??= printFixed(1 / n));
}

/** C rounds a tie to the even digit, JavaScript up; 1/2048 is the one such tie among all 1/n. */
function printFixed(value: number): string {
  const exact = value.toFixed(40);
  const isTie = /^\d+\.\d{9}[02468]50*$/.test(exact);
  return isTie ? exact.slice(0, exact.indexOf('.') + 11) : value.toFixed(10);
}
