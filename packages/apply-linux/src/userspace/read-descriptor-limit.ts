import { readFileSync } from 'node:fs';

/** RLIMIT_NOFILE of this process; Node itself has raised it as far as it may. */
export function readDescriptorLimit(): number {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const [, limit] = /^Max open files\s+(\d+)/m.exec(limits) ?? [];
  return limit === undefined ? Infinity : Number(limit);
}
