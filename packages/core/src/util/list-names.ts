const most = 10;

/** `a, b and 3 more`: the first ten of a list, in its order. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
