import type { DumpFiles, Operation } from '@kube-rules/core';
import { explainRefusal } from './explain-refusal.ts';
import type { CommandResult } from './machine.ts';
import { runPrivately, wasRefused, withInput } from './private-namespace.ts';
import { restoreCommand, type OperationContext } from './run-operation.ts';
import { addedRules, printTrial } from './trial-document.ts';

/** A command with what it gets on standard input. */
interface Rehearsal {
  readonly command: string;
  readonly args: string;
  readonly input: string;
}

/**
 * Has the kernel take sets, virtual servers and rules in a network namespace of its own, beside what of
 * the node they need: ipset and ipvsadm have no way to try, and iptables cannot try a rule that looks
 * into a set before that is there. Where such a namespace cannot be made, nothing is tried.
 *
 * @throws {ApplyError} as the change itself would.
 */
export async function rehearse(
  operations: readonly Operation[],
  before: DumpFiles,
  context: OperationContext,
): Promise<void> {
  const steps = [
    { command: 'ipset', args: 'restore', input: presentSets(operations, before) },
    { command: 'ipvsadm', args: '-R', input: presentServers(operations, before) },
    ...operations.flatMap((operation) => rehearsalOf(operation, context)),
  ].filter(({ input }) => input !== '');
  const result = await runPrivately(context.machine, steps.map(scriptOf).join(''));
  if (result.exitCode === 0 || wasRefused(result)) return;
  const failed = steps[Number(/^kube-rules: step (\d+)$/m.exec(result.stderr)?.[1] ?? NaN)];
  if (failed) throw await explainRefusal(context.machine, { ...failed, result: bare(result) });
}

function rehearsalOf(operation: Operation, { backend }: OperationContext): Rehearsal[] {
  if (operation.kind === 'ipset')
    return [{ command: 'ipset', args: 'restore', input: operation.input }];
  if (operation.kind === 'ipvs')
    return [{ command: 'ipvsadm', args: '-R', input: operation.input }];
  if (operation.kind !== 'iptables') return [];
  const command = restoreCommand(operation, backend);
  return [{ command, args: '--noflush', input: printTrial(addedRules(operation.input)) }];
}

/** ipvsadm ends with status 0 whatever it says. */
function scriptOf({ command, args, input }: Rehearsal, index: number): string {
  const check = command === 'ipvsadm' ? ' 2>&1 | { ! grep . >&2; }' : '';
  const stop = `{ echo 'kube-rules: step ${index}' >&2; exit 1; }`;
  return withInput(`${command} ${args}`, input, `${check} || ${stop}`);
}

function bare(result: CommandResult): CommandResult {
  return { ...result, stderr: result.stderr.replace(/^kube-rules: step \d+\n?/m, '') };
}

function inputsOf(operations: readonly Operation[], kind: 'ipset' | 'ipvs'): string {
  return operations.map((one) => (one.kind === kind ? one.input : '')).join('');
}

/** The node's sets, without entries but those that will be deleted. */
function presentSets(operations: readonly Operation[], before: DumpFiles): string {
  const created = (before['ipset-save'] ?? '').match(/^create .*\n/gm) ?? [];
  const deleted = inputsOf(operations, 'ipset').match(/^del .*\n/gm) ?? [];
  return [...created, ...deleted.map((line) => line.replace(/^del/, 'add'))].join('');
}

/** The node's virtual servers that will be changed, with their real servers. */
function presentServers(operations: readonly Operation[], before: DumpFiles): string {
  const lines = operations.flatMap((operation) =>
    operation.kind === 'drain'
      ? operation.servers.map(({ virtualServer }) => `-d ${virtualServer} `)
      : [],
  );
  const input = inputsOf(operations, 'ipvs') + lines.join('\n');
  const changed = input.matchAll(/^-[dDeEa] (-[tuf] \S+|--sctp-service \S+)/gm);
  const servers = new Set([...changed].map(([, server = '']) => server));
  const present = (before['ipvsadm-save'] ?? '').match(/^-[Aa] .*\n/gm) ?? [];
  return present.filter((line) => servers.has(line.split(' ').slice(1, 3).join(' '))).join('');
}
