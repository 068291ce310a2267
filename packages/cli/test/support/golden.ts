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
  'config-flags.txt',
  'config-shop.txt',
  'diff-shop.json',
  'diff-shop.txt',
  'explain-color.txt',
  'explain-ipvs.txt',
  'explain-nodes.json',
  'explain-nodes.txt',
  'explain-nothing.txt',
  'explain-reasons.txt',
  'explain-shop.json',
  'explain-shop.txt',
  'help-apply.txt',
  'help-audit.txt',
  'help-cleanup.txt',
  'help-compile.txt',
  'help-config.txt',
  'help-confirm.txt',
  'help-diff.txt',
  'help-explain.txt',
  'help-lint.txt',
  'help-plan.txt',
  'help-status.txt',
  'help-who.txt',
  'help.txt',
  'lint-color.txt',
  'lint-ipvs.txt',
  'lint-node.txt',
  'lint-shop.json',
  'lint-shop.sarif',
  'lint-shop.txt',
  'plan-shop.txt',
  'who-address.txt',
  'who-chain.json',
  'who-chain.txt',
] as const;

export const goldenFolder: string = fileURLToPath(new URL('../golden/', import.meta.url));

export function goldenPath(name: (typeof goldenNames)[number]): string {
  return `${goldenFolder}${name}`;
}
