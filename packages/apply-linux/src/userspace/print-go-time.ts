/** Go's default text of a time without a monotonic part: `2026-11-20 07:23:26.123 +0000 UTC`. */
export function printGoTime(milliseconds: number): string {
  const [day, time = ''] = new Date(milliseconds).toISOString().split('T');
  return `${day} ${time.replace('Z', '').replace(/\.0+$|(?<=\.\d*[1-9])0+$/, '')} +0000 UTC`;
}
