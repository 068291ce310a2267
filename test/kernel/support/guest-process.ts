import { spawn } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';

const INIT = fileURLToPath(new URL('./guest/init.sh', import.meta.url));
const GUEST = fileURLToPath(new URL('./agent/guest.mjs', import.meta.url));

const GUEST_MODULES = '/usr/lib/uml/modules';

/**
 * Runs the guest in a process group of its own and kills the group when standard input ends: when the tests ask for it,
 * and also when they are killed themselves. The guest's kernel has helper processes, which would survive it.
 */
const KEEPER = `
setsid "$@" &
exec 3>&-
read -r line
kill -9 -$!
wait
rm -rf -- "$0"
`;

/** A running guest kernel. */
export interface GuestProcess {
  /** Of the machine and, under the same name, of the guest, which can write here only. */
  readonly directory: string;
  readonly serialLine: Duplex;
  /** The last lines that the guest's kernel printed. */
  consoleTail(): string;
  kill(): Promise<void>;
}

/** Boots a guest kernel whose first process runs agent/guest.mjs on the serial line. */
export function bootGuest(): GuestProcess {
  const modules = modulesDirectory();
  const directory = mkdtempSync(join(tmpdir(), 'kube-rules-guest-'));
  const consoleFile = join(directory, 'console');
  const console = openSync(consoleFile, 'w');
  const guest = ['taskset', '-c', lastCPU(), 'linux.uml', ...guestArguments(directory, modules)];
  const keeper = spawn('sh', ['-c', KEEPER, directory, ...guest], {
    detached: true,
    stdio: ['pipe', console, console, 'pipe'],
  });
  closeSync(console);
  const serialLine = keeper.stdio[3] as Duplex;
  const ended = Promise.all([closeOf(keeper), closeOf(serialLine)]);
  // A guest that is killed resets the line.
  serialLine.on('error', () => {});
  return {
    directory,
    serialLine,
    consoleTail: () =>
      existsSync(consoleFile)
        ? readFileSync(consoleFile, 'utf8').split('\n').slice(-30).join('\n')
        : '',
    kill: async () => {
      keeper.stdin?.end();
      await ended;
    },
  };
}

function closeOf(emitter: EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    emitter.once('close', () => resolve());
  });
}

// The guest's kernel and its processes take turns at every system call, which on two CPUs takes more than twice the time.
function lastCPU(): string {
  const allowed = /^Cpus_allowed_list:.*?(?<last>\d+)$/m.exec(
    readFileSync('/proc/self/status', 'utf8'),
  );
  return allowed?.groups?.['last'] ?? '0';
}

function modulesDirectory(): string {
  return join(GUEST_MODULES, readdirSync(GUEST_MODULES)[0] ?? '');
}

function guestArguments(directory: string, modules: string): readonly string[] {
  return [
    'mem=1G',
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    'quiet',
    'con=null',
    'con0=null,fd:1',
    'ssl=null',
    'ssl0=fd:3',
    `uml_dir=${directory}/`,
    'umid=guest',
    'init=/bin/sh',
    '--',
    ...[INIT, directory, modules, process.execPath, GUEST].map((word) => `"${word}"`),
  ];
}
