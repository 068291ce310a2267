/** Wrong use or unreadable input: the command ends with status 2 and prints nothing on standard output. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
