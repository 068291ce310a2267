import { groupBy } from './group-by.ts';

type Jump = Readonly<{ table: string; command: string }>;

/**
 * A `.jumps` document as a document for one `iptables-restore --noflush`, because a program takes the guest longer to
 * start than to run.
 */
export function jumpsAsRestore(jumps: string): string {
  const tables = groupBy(readJumps(jumps), ({ table }) => table);
  return [...tables]
    .map(([table, ofTable]) => {
      const commands = new Set(ofTable.map(({ command }) => command));
      return [`*${table}\n`, ...[...commands].map((command) => `${command}\n`), 'COMMIT\n'].join(
        '',
      );
    })
    .join('');
}

/** A `.jumps` document as shell commands. */
export function jumpsAsCommands(jumps: string, program: string): string {
  return readLines(jumps)
    .map((line) => jumpCommand(program, line))
    .join('');
}

// A chain is made once for each jump to it, and kube-proxy takes the chain that is already there.
function jumpCommand(program: string, line: string): string {
  return line.includes(' -N ') ? `${program} ${line} 2>/dev/null || :\n` : `${program} ${line}\n`;
}

function readJumps(jumps: string): readonly Jump[] {
  return readLines(jumps).map((line) => {
    const groups = /^-t (?<table>\w+) (?<command>-[NIA] .*)$/.exec(line)?.groups;
    if (groups === undefined) {
      throw new Error(`"${line}" is no line of jumps.`);
    }
    const { table = '', command = '' } = groups;
    return { table, command };
  });
}

function readLines(jumps: string): readonly string[] {
  return jumps.split('\n').filter((line) => line !== '');
}
