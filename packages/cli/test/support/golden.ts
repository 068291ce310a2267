import { fileURLToPath } from 'node:url';

/** All goldens of this package: each is used by one test, and nothing else lies there. */
export const goldenNames = [
  'audit-color.txt',
  'audit-harmless.txt',
  'audit-shop.json',
  'audit-shop.txt',
  'audit-whole.txt',
  'check-changed.txt',
  'check-color.txt',
  'check-gone.txt',
  'check-missing.txt',
  'check-new.txt',
  'check-same.txt',
  'compile-summary.txt',
  'compile-userspace-summary.txt',
  'compile-userspace.txt',
  'config-flags.txt',
  'config-shop.txt',
  'diff-shop.json',
  'diff-shop.txt',
  'help-apply.txt',
  'help-audit.txt',
  'help-cleanup.txt',
  'help-compile.txt',
  'help-config.txt',
  'help-confirm.txt',
  'help-diff.txt',
  'help-plan.txt',
  'help-proxy.txt',
  'help-status.txt',
  'help-who.txt',
  'help.txt',
  'plan-shop.txt',
  'who-address.txt',
  'who-chain.json',
  'who-chain.txt',
] as const;

export const goldenFolder: string = fileURLToPath(new URL('../golden/', import.meta.url));

export function goldenPath(name: (typeof goldenNames)[number]): string {
  return `${goldenFolder}${name}`;
}
