import type { Palette } from '../../src/output/palette.ts';

function same(text: string): string {
  return text;
}

export const plainPalette: Palette = {
  red: same,
  green: same,
  yellow: same,
  bold: same,
  dim: same,
};
