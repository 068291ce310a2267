import { readlinkSync } from 'node:fs';
import { execa } from 'execa';

/** Runs a shell script in a network namespace of its own, which ends with it, and gives its standard output. */
export function runInFreshNamespace(script: string): Promise<string> {
  return runShell(['unshare', '--net', '--mount'], script);
}

/** Runs a shell script in the network namespace that the process `pid` holds and gives its standard output. */
export function runInNamespaceOf(pid: number, script: string): Promise<string> {
  return runShell(['nsenter', `--net=/proc/${pid}/ns/net`, 'unshare', '--mount'], script);
}

/** A word for the shell that hands the text to a command's standard input. */
export function hereDocument(text: string): string {
  return `<<'KUBE_RULES_END'\n${text}KUBE_RULES_END\n`;
}

async function runShell(
  [file, ...args]: readonly [string, ...string[]],
  script: string,
): Promise<string> {
  const { stdout } = await execa(file, [...args, 'sh', '-eu'], {
    input: prelude() + script,
    stripFinalNewline: false,
  });
  return stdout;
}

// The first line keeps a mistake away from the machine's own rules. The second gives the script a lock file of its own:
// iptables-legacy has one for the whole machine, so that a call in another namespace would make ours fail.
function prelude(): string {
  const own = readlinkSync('/proc/self/ns/net');
  return `
[ "$(readlink /proc/self/ns/net)" != '${own}' ] || { echo 'not in a namespace of its own' >&2; exit 99; }
mount -t tmpfs tmpfs /run
`;
}
