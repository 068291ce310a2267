import type { Machine } from './machine.ts';
import { runPrivately, wasRefused, withInput } from './private-namespace.ts';
import { addedRules, printTrial, type TrialTable } from './trial-document.ts';

/**
 * The line of an input that the kernel refuses, where the tool names only its end, as iptables-legacy
 * does: by halves, in a network namespace of its own. `undefined` if all is taken there. Rules that look
 * into sets, which are not there, are left out.
 */
export async function findRefusedLine(
  machine: Machine,
  command: string,
  input: string,
): Promise<string | undefined> {
  for (const { name, rules: all } of addedRules(input)) {
    const rules = all.filter((rule) => !rule.includes('--match-set'));
    if (await isTaken(machine, command, { name, rules })) continue;
    // The first `low` rules are taken, the first `high` are not.
    let [low, high] = [0, rules.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const part = { name, rules: rules.slice(0, middle) };
      if (await isTaken(machine, command, part)) low = middle;
      else high = middle;
    }
    return rules[low];
  }
  return undefined;
}

async function isTaken(machine: Machine, command: string, table: TrialTable): Promise<boolean> {
  const script = withInput(`${command} --noflush`, printTrial([table]));
  const result = await runPrivately(machine, script);
  return result.exitCode === 0 || wasRefused(result);
}
