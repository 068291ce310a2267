/** A number of 32 bits as strtoul of base 0 reads it: `0x` for hexadecimal, a leading 0 for octal. Undefined for no such number. */
export function parseUint32(text: string): number | undefined {
  const octal = /^0[0-7]+$/.test(text);
  if (!octal && !/^(?:0[xX][0-9a-fA-F]+|0|[1-9]\d*)$/.test(text)) return undefined;
  const value = octal ? Number.parseInt(text, 8) : Number(text);
  return value <= allOnes ? value : undefined;
}

export const allOnes = 0xffff_ffff;

export interface MarkAndMask {
  readonly mark: number;
  readonly mask: number;
}

/** Reads `VALUE/MASK`, or `VALUE` with all bits in the mask. */
export function parseMarkAndMask(text: string): MarkAndMask | undefined {
  const [value = '', maskText = '0xffffffff', ...more] = text.split('/');
  const mark = parseUint32(value);
  const mask = parseUint32(maskText);
  if (mark === undefined || mask === undefined || more.length > 0) return undefined;
  return { mark, mask };
}

/** Reads a decimal number from 0 to 65535. */
export function parsePortNumber(text: string): number | undefined {
  const value = Number(text);
  return /^\d{1,5}$/.test(text) && value <= 0xffff ? value : undefined;
}
