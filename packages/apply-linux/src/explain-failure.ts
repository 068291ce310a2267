import { ApplyError, type ApplyErrorCode } from './apply-error.ts';
import type { CommandResult } from './machine.ts';
import { packageOf } from './packages.ts';

interface Cause {
  readonly pattern: RegExp;
  readonly code: ApplyErrorCode;
  readonly hint: string;
}

const causes: readonly Cause[] = [
  {
    pattern: /xtables lock|holding the .*lock/i,
    code: 'LOCK_HELD',
    hint: 'Another program changes iptables rules; try again when it is done.',
  },
  {
    pattern: /Cannot allocate memory|Out of memory|ENOMEM/i,
    code: 'NO_MEMORY',
    hint: 'The kernel has no memory for the rules; free some, or raise the limit of the container.',
  },
  {
    pattern: /Permission denied|must be root|Operation not permitted/i,
    code: 'NOT_ROOT',
    hint: 'Run it as root, in the network namespace of the node (CAP_NET_ADMIN in a container).',
  },
  {
    pattern:
      /Couldn't load (?:match|target)|Extension \S+ revision|No chain\/target\/match by that name|Protocol not supported|Kernel error received: Invalid argument|does not support|Operation not supported|Module \S+ not found/i,
    code: 'KERNEL_LACKS',
    hint: 'The kernel lacks a module that the rule needs; load it (modprobe), or install the package with the extra modules of your kernel.',
  },
  {
    pattern: /No space left on device/i,
    code: 'DISK_FULL',
    hint: 'Make room on the disk and try again; nothing was changed.',
  },
];

/** What a failed command means. */
export function explainFailure(command: string, result: CommandResult, input = ''): ApplyError {
  if (result.exitCode === undefined) {
    return new ApplyError('TOOL_MISSING', `${command} is not there.`, {
      hint: `Install the package ${packageOf(command)}.`,
    });
  }
  const said = result.stderr.trim().split('\n').slice(0, 5).join('\n');
  const cause = causes.find(({ pattern }) => pattern.test(result.stderr));
  const isRefused = /line \d+|restore: |Error: /i.test(result.stderr);
  return new ApplyError(
    cause?.code ?? (isRefused ? 'RULE_REFUSED' : 'TOOL_FAILED'),
    `${command} failed with status ${result.exitCode}: ${said}`,
    {
      hint: cause?.hint ?? 'Nothing was changed, or it was undone; look at what the tool says.',
      line: refusedLine(result.stderr, input),
    },
  );
}

/** `line 5 failed`, `Error occurred at line: 5`, `/dev/stdin:5:1-20: Error`. */
function refusedLine(said: string, input: string): string | undefined {
  const number = /\bline:? (\d+)|^(?:\/dev\/stdin|-|internal):(\d+):/m.exec(said);
  const line = Number(number?.[1] ?? number?.[2]);
  return Number.isInteger(line) ? input.split('\n')[line - 1] : undefined;
}
