import type { Family } from '../../netaddr/family.ts';
import type { Document, JumpStep } from './ast.ts';
import { printRestore } from './print-restore.ts';
import { printRuleSpecification } from './print-rule.ts';

const commands: Readonly<Record<Family, { readonly variable: string; readonly command: string }>> =
  {
    IPv4: { variable: 'IPTABLES', command: 'iptables' },
    IPv6: { variable: 'IP6TABLES', command: 'ip6tables' },
  };

/** Ends the here-document; no rule can be this line, as each begins with `-A`, `:` or `*` or is `COMMIT`. */
const endMark = 'END_OF_RULES';

/**
 * Prints a POSIX shell script that makes the jumps and the rules. It may be run again and again:
 * each jump is made once, and the rules are replaced, each table at once.
 */
export function printScript(
  document: Document,
  steps: readonly JumpStep[],
  family: Family,
): string {
  const { variable, command } = commands[family];
  return [
    '#!/bin/sh',
    `# Makes ${family} jumps and rules as kube-proxy does; may be run again and again.`,
    `# ${variable} chooses the back end: ${variable}=${command}-nft or ${variable}=${command}-legacy.`,
    'set -eu',
    `iptables=\${${variable}:-${command}}`,
    'chain() {',
    '  "$iptables" -w 5 -t "$1" -N "$2" 2>/dev/null || "$iptables" -w 5 -t "$1" -S "$2" >/dev/null',
    '}',
    'jump() {',
    '  table=$1 from=$2',
    '  shift 2',
    '  "$iptables" -w 5 -t "$table" -C "$from" "$@" 2>/dev/null ||',
    '    "$iptables" -w 5 -t "$table" -I "$from" "$@"',
    '}',
    ...(steps.some(({ kind }) => kind === 'append') ? lastJumpFunction : []),
    ...steps.map(printCall),
    `"$iptables-restore" -w 5 --noflush --counters <<'${endMark}'`,
    `${printRestore(document)}${endMark}`,
    '',
  ].join('\n');
}

const lastJumpFunction = [
  'last_jump() {',
  '  table=$1 from=$2',
  '  shift 2',
  '  "$iptables" -w 5 -t "$table" -C "$from" "$@" 2>/dev/null ||',
  '    "$iptables" -w 5 -t "$table" -A "$from" "$@"',
  '}',
];

/** The arguments are those of the restore format, whose quoting a shell reads alike: no word of a jump holds `$` or a backquote. */
function printCall(step: JumpStep): string {
  if (step.kind === 'newChain') return `chain ${step.table} ${step.chain}`;
  const command = step.kind === 'prepend' ? 'jump' : 'last_jump';
  return `${command} ${step.table} ${step.rule.chain}${printRuleSpecification(step.rule)}`;
}
