import { fileURLToPath } from 'node:url';

/** All goldens of this package: each is used by one test, and nothing else lies there. */
export const goldenNames = [
  'check-changed.txt',
  'check-color.txt',
  'check-gone.txt',
  'check-missing.txt',
  'check-new.txt',
  'check-same.txt',
  'compile-summary.txt',
  'config-flags.txt',
  'config-shop.txt',
  'help-compile.txt',
  'help-config.txt',
  'help.txt',
] as const;

export const goldenFolder: string = fileURLToPath(new URL('../golden/', import.meta.url));

export function goldenPath(name: (typeof goldenNames)[number]): string {
  return `${goldenFolder}${name}`;
}
