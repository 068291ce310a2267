/** In quotes, with `"`, `\` and `'` escaped, as iptables-save does. */
export function inQuotes(text: string): string {
  return /["\\']/.test(text) ? `"${text.replaceAll(/["\\']/g, String.raw`\$&`)}"` : `"${text}"`;
}

/** In quotes, with only what must be escaped. */
export function inPlainQuotes(text: string): string {
  return /["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : `"${text}"`;
}
