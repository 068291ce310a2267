/** A number as the tools print it: decimal digits without leading zeros, below 2³². */
export function readNumber(text: string): number | undefined {
  const value = Number(text);
  return /^\d{1,10}$/.test(text) && value <= 0xffff_ffff && String(value) === text
    ? value
    : undefined;
}

/** A firewall mark, negative where ipvsadm prints one above 2³¹. */
export function readMark(text: string): number | undefined {
  if (!text.startsWith('-')) return readNumber(text);
  const mark = readNumber(text.slice(1));
  return mark === undefined || mark === 0 || mark > 2 ** 31 ? undefined : -mark;
}
