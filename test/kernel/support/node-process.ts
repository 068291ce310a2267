import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Lines } from './lines.ts';

/** The programs of support/agent that answer requests. */
export type NodeProgram = 'main.mjs' | 'apply.mjs';

/** A process in a network namespace. */
export interface NodeProcess {
  readonly pid: number;
  readonly lines: Lines;
  /** Ends it at once, and gives the end. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The file of a program, on this machine and in its guests. */
export function programFile(program: NodeProgram): string {
  return fileURLToPath(new URL(`./agent/${program}`, import.meta.url));
}

/**
 * Starts a process in a fresh network namespace, or in that of the process `holder`; it ends with this one at the
 * latest, and has a lock file of iptables of its own. The programs take the place of each other, so that the first
 * one's number is the last one's.
 */
export function startNodeProcess(program: NodeProgram, holder?: number): NodeProcess {
  const enter =
    holder === undefined
      ? ['unshare', '--net', '--mount']
      : ['nsenter', `--net=/proc/${holder}/ns/net`, 'unshare', '--mount'];
  const [file = '', ...args] = enter;
  const script = `mount -t tmpfs tmpfs /run && exec '${process.execPath}' '${programFile(program)}'`;
  const subprocess = execa(file, [...args, 'sh', '-c', script], {
    stdin: 'pipe',
    stderr: 'inherit',
    buffer: false,
    reject: false,
    forceKillAfterDelay: 2000,
  });
  const { pid } = subprocess;
  if (pid === undefined) throw new Error('It could not be started: is unshare installed?');
  subprocess.stdin.on('error', () => {});
  return {
    pid,
    lines: {
      send: (line) => subprocess.stdin.write(`${line}\n`),
      receive: (onLine, onEnd) => {
        createInterface({ input: subprocess.stdout }).on('line', onLine);
        void subprocess.then(({ shortMessage }) => onEnd(shortMessage ?? 'its input was closed'));
      },
    },
    kill: async () => {
      subprocess.kill('SIGKILL');
      await subprocess;
    },
    stop: async () => {
      subprocess.stdin.end();
      const timer = setTimeout(() => subprocess.kill(), 2000);
      await subprocess;
      clearTimeout(timer);
    },
  };
}
