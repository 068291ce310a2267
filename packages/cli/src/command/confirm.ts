import type { Command } from 'commander';
import { confirm } from '@kube-rules/apply-linux';
import type { CommandContext } from '../command-context.ts';
import { stateOption } from './node-options.ts';

/** `kube-rules confirm`: keeps what `apply --confirm` changed. */
export function addConfirmCommand(program: Command, context: CommandContext): void {
  program
    .command('confirm')
    .description('keep what apply --confirm changed: say it over a new connection')
    .addOption(stateOption)
    .action(async ({ state }: { readonly state: string }) => {
      const isPending = await confirm(state);
      context.io.writeError(isPending ? 'confirmed\n' : 'nothing waits to be confirmed\n');
      context.setExitStatus(isPending ? 0 : 1);
    });
}
