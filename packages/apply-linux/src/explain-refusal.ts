import { ApplyError } from './apply-error.ts';
import { explainFailure } from './explain-failure.ts';
import { findMissingExtension } from './find-missing-extension.ts';
import { findRefusedLine } from './find-refused-line.ts';
import { describeLockHolder } from './lock-holder.ts';
import type { CommandResult, Machine } from './machine.ts';

export interface FailedCall {
  readonly command: string;
  readonly input: string;
  readonly result: CommandResult;
}

/** What a failed call means, and what the tool does not say: who has the lock, what the kernel lacks, which line it was. */
export async function explainRefusal(machine: Machine, call: FailedCall): Promise<ApplyError> {
  const error = explainFailure(call.command, call.result, call.input);
  if (error.code === 'LOCK_HELD') return withLockHolder(machine, error);
  if (error.code !== 'RULE_REFUSED' && error.code !== 'KERNEL_LACKS') return error;
  if (/^ip6?tables/.test(call.command)) return ofIptables(machine, call, error);
  const module = moduleOf(call.command, error.line ?? '');
  return error.code === 'KERNEL_LACKS' && module ? lacking(error, module) : error;
}

async function withLockHolder(machine: Machine, error: ApplyError): Promise<ApplyError> {
  const holder = await describeLockHolder(machine);
  if (holder === undefined) return error;
  return new ApplyError('LOCK_HELD', `${error.message}\nThe lock is held by ${holder}.`, error);
}

async function ofIptables(
  machine: Machine,
  { command, input }: FailedCall,
  error: ApplyError,
): Promise<ApplyError> {
  const missing = await findMissingExtension(machine, command, input);
  if (missing) return lacking(error, missing.module, missing.name);
  const namesRule = error.line?.startsWith('-') ?? false;
  const line = namesRule ? error.line : await findRefusedLine(machine, command, input);
  const { message, hint } = error;
  return line === undefined ? error : new ApplyError('RULE_REFUSED', message, { hint, line });
}

function lacking({ message, line }: ApplyError, module: string, what?: string): ApplyError {
  const name = what === undefined ? '' : ` ${what}`;
  return new ApplyError(
    'KERNEL_LACKS',
    `${message}\nThe kernel has no${name} (module ${module}).`,
    {
      hint: `Load it with modprobe ${module.replace(' and ', ' ')}; some distributions have it in a package of extra kernel modules.`,
      line,
    },
  );
}

/** The kernel module of the set type or the scheduler in a line. */
function moduleOf(command: string, line: string): string | undefined {
  const [, method, fields] = /^create \S+ (\w+):(\S+)/.exec(line) ?? [];
  if (command === 'ipset' && fields !== undefined)
    return `ip_set_${method}_${fields.replaceAll(',', '')}`;
  const [, scheduler] = / -s (\w+)/.exec(line) ?? [];
  return command === 'ipvsadm' && scheduler !== undefined ? `ip_vs_${scheduler}` : undefined;
}
