import type { CommandResult, Machine } from './machine.ts';

/** Without any local address the kernel takes no server's address for a unicast one. */
const loopbackUp = 'ip link set lo up || :\n';

/** Runs a shell script in a network namespace of its own, which is gone afterwards: what is tried there changes nothing. */
export async function runPrivately(machine: Machine, script: string): Promise<CommandResult> {
  return machine.run('unshare', ['--net', 'sh'], loopbackUp + script);
}

/**
 * A command with its input, for a script.
 *
 * @param rest What else stands in the command's line.
 */
export function withInput(command: string, input: string, rest = ''): string {
  return `${command} <<'KUBE-RULES-END'${rest}\n${input}KUBE-RULES-END\n`;
}

/** Whether the namespace could not be made at all, as in a container that may not. */
export function wasRefused({ exitCode, stderr }: CommandResult): boolean {
  return exitCode === undefined || /^unshare:/m.test(stderr);
}
