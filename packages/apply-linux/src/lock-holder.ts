import type { Machine } from './machine.ts';

/** Where iptables-legacy and kube-proxy keep each other out. */
const lockFile = '/run/xtables.lock';

/** `iptables-restore (process 812)`, who has the lock of iptables; `undefined` if nobody is seen to. */
export async function describeLockHolder(machine: Machine): Promise<string | undefined> {
  const { exitCode, stdout } = await machine.run('stat', ['-c', '%i', lockFile]);
  const locks = await machine.readFile('/proc/locks');
  if (exitCode !== 0 || locks === undefined) return undefined;
  // `1: FLOCK  ADVISORY  WRITE 812 00:1a:1234 0 EOF`
  const held = locks
    .split('\n')
    .map((line) => /^\d+: \S+ +\S+ +\S+ (\d+) \S+:(\d+) /.exec(line))
    .find((match) => match?.[2] === stdout.trim());
  if (!held) return undefined;
  const name = await machine.readFile(`/proc/${held[1]}/comm`);
  return `${name?.trim() ?? 'a process that is not seen'} (process ${held[1]})`;
}
