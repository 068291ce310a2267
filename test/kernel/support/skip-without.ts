/**
 * Whether a suite is to be skipped for what the machine lacks, which is printed then. With `CI=true` nothing is skipped:
 * it throws what is missing.
 */
export function skipWithout(missing: readonly string[]): boolean {
  if (missing.length === 0) return false;
  const reason = missing.join('\n');
  if (process.env['CI'] === 'true') {
    throw new Error(reason);
  }
  console.warn(`Skipped, because of what is missing here:\n${reason}`);
  return true;
}
