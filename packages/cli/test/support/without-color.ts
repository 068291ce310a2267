/** A text without the colours of a palette. */
export function withoutColor(text: string): string {
  // oxlint-disable-next-line no-control-regex -- a colour code begins with one
  return text.replaceAll(/\u001b\[\d+m/g, '');
}
