/** Orders by UTF-16 code units, as the canonical order of all output wants it; never by locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
