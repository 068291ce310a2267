import type { CommandResult, Machine } from './machine.ts';

/** Runs a shell script in a network namespace of its own, which is gone afterwards: what is tried there changes nothing. */
export async function runPrivately(machine: Machine, script: string): Promise<CommandResult> {
  return machine.run('unshare', ['--net', 'sh'], script);
}

/** A command with its input, for a script. */
export function withInput(command: string, input: string): string {
  return `${command} <<'KUBE-RULES-END'\n${input}KUBE-RULES-END\n`;
}

/** Whether the namespace could not be made at all, as in a container that may not. */
export function wasRefused({ exitCode, stderr }: CommandResult): boolean {
  return exitCode === undefined || /^unshare:/m.test(stderr);
}
