import type { DumpFiles, Operation } from '@kube-rules/core';
import { explainFailure } from './explain-failure.ts';
import { explainRefusal } from './explain-refusal.ts';
import { rehearse } from './rehearse.ts';
import { lockWait, restoreCommand, type OperationContext } from './run-operation.ts';

/**
 * The opinion of the tools and of the kernel on everything that can be tried without a change.
 *
 * @throws {ApplyError} as the change itself would.
 */
export async function tryOut(
  operations: readonly Operation[],
  before: DumpFiles,
  context: OperationContext,
): Promise<void> {
  if (operations.some(isOfSets)) await rehearse(operations, before, context);
  else await tryIptables(operations, context);
  const scripts = operations.flatMap((one) => (one.kind === 'nft' ? [one.input] : [])).join('');
  if (scripts === '') return;
  const result = await context.machine.run('nft', ['-c', '-f', '-'], scripts);
  if (result.exitCode !== 0) throw explainFailure('nft', result, scripts);
}

function isOfSets({ kind }: Operation): boolean {
  return kind === 'ipset' || kind === 'ipvs';
}

async function tryIptables(
  operations: readonly Operation[],
  { machine, backend }: OperationContext,
): Promise<void> {
  for (const operation of operations) {
    if (operation.kind !== 'iptables') continue;
    const { input } = operation;
    const command = restoreCommand(operation, backend);
    const result = await machine.run(command, ['--noflush', '--test', '-w', lockWait], input);
    if (result.exitCode !== 0) throw await explainRefusal(machine, { command, input, result });
  }
}
