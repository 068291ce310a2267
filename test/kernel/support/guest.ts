import { bootGuest } from './guest-process.ts';
import type { GuestProcess } from './guest-process.ts';
import type { Lines } from './lines.ts';
import { enterNamespaces } from './machine.ts';
import type { CommandOutcome, Machine } from './machine.ts';
import { openMailbox } from './mailbox.ts';
import { programFile } from './node-process.ts';
import type { NodeProcess } from './node-process.ts';
import { openRequests } from './requests.ts';
import type { Request } from './requests.ts';

const BOOT_TIMEOUT_MS = 60_000;

// The guest has one processor, on which a system call takes ten times as long as outside.
const CONNECTIONS_AT_ONCE = 32;

/** The commands of agent/guest.mjs. */
interface GuestCommands {
  start: { takes: { file: string; holder?: number | undefined }; gives: number };
  stop: { takes: { pid: number }; gives: null };
  /** Gives the end. */
  kill: { takes: { pid: number }; gives: null };
  run: { takes: { argv: readonly string[]; input: string }; gives: CommandOutcome };
}

/** A guest kernel with IPVS, which this machine's own kernel may lack. */
export interface Guest extends Machine {
  stop(): Promise<void>;
}

/** Boots a guest; it ends with this process at the latest. */
export async function startGuest(): Promise<Guest> {
  const guest = bootGuest();
  try {
    return { ...(await connect(guest)), stop: () => guest.kill() };
  } catch (error) {
    await guest.kill();
    throw error;
  }
}

async function connect(guest: GuestProcess): Promise<Machine> {
  const mailbox = openMailbox(guest.directory, guest.serialLine);
  const linesOf = splitLines(mailbox, guest);
  const request = openRequests<GuestCommands>(linesOf(0), 'The guest');
  await raceWithBoot(mailbox.ready, guest);
  const run = (command: readonly string[], script: string): Promise<string> =>
    runShell(request, [...command, 'sh', '-eu'], script);
  return {
    connectionsAtOnce: CONNECTIONS_AT_ONCE,
    namespace: (await run([], 'readlink /proc/self/ns/net\n')).trim(),
    folder: guest.directory,
    startProcess: async (program, holder) => {
      const pid = await request('start', { file: programFile(program), holder });
      return openProcess(pid, linesOf(pid), request);
    },
    runInFreshNamespace: (script) => run(['unshare', '--net'], script),
    runInNamespaceOf: (pid, script) => run(['nsenter', `--net=/proc/${pid}/ns/net`], script),
    runProgram: (pid, argv, input) => request('run', { argv: enterNamespaces(pid, argv), input }),
  };
}

function openProcess(pid: number, lines: Lines, request: Request<GuestCommands>): NodeProcess {
  return {
    pid,
    lines,
    kill: async () => {
      await request('kill', { pid });
    },
    stop: async () => {
      await request('stop', { pid });
    },
  };
}

async function runShell(
  request: Request<GuestCommands>,
  argv: readonly string[],
  script: string,
): Promise<string> {
  const { status, stdout, stderr } = await request('run', { argv, input: script });
  if (status !== 0) {
    throw new Error(`${argv.join(' ')} ended with ${status} in the guest:\n${stderr}`);
  }
  return stdout;
}

type Listener = Readonly<{ onLine: (line: string) => void; onEnd: (reason: string) => void }>;

// Each message starts with the id of the process that it is for or from; a message without a line is the process's last.
function splitLines(mailbox: Lines, guest: GuestProcess): (pid: number) => Lines {
  const listeners = new Map<number, Listener>();
  mailbox.receive(
    (message) => {
      const [target, line] = splitOnce(message);
      const listener = listeners.get(Number(target));
      if (line === '') {
        listener?.onEnd('see what it printed on the console');
      } else {
        listener?.onLine(line);
      }
    },
    (reason) => {
      for (const { onEnd } of listeners.values()) {
        onEnd(`${reason}\n${guest.consoleTail()}`);
      }
    },
  );
  return (pid) => ({
    send: (line) => mailbox.send(`${pid} ${line}`),
    receive: (onLine, onEnd) => listeners.set(pid, { onLine, onEnd }),
  });
}

function splitOnce(message: string): readonly [string, string] {
  const space = message.indexOf(' ');
  return [message.slice(0, space), message.slice(space + 1)];
}

async function raceWithBoot(ready: Promise<void>, guest: GuestProcess): Promise<void> {
  const { serialLine } = guest;
  let timer: NodeJS.Timeout | undefined;
  const failure = new Promise<never>((_resolve, reject) => {
    const fail = (what: string): void =>
      reject(new Error(`The guest ${what}. Its console:\n${guest.consoleTail()}`));
    serialLine.once('close', () => fail('ended while it booted'));
    timer = setTimeout(() => fail('did not boot in time'), BOOT_TIMEOUT_MS);
  });
  failure.catch(() => {});
  await Promise.race([ready, failure]);
  clearTimeout(timer);
}
