import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from './apply-node.ts';
import { enterNamespaces } from './machine.ts';

const READY = ' userspace mode: ';

/** The command `kube-rules proxy`, which runs on a node of the lab and follows one file. */
export interface ProxyCommand {
  /** What it said so far on both of its outputs. */
  readonly said: () => string;
  /** Waits until it said that. */
  readonly waitFor: (text: string) => Promise<void>;
  /** Another snapshot takes the place of the one that it follows. */
  readonly replace: (snapshot: string) => void;
  /** Gives the status with which it ended. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
  readonly stop: () => void;
}

/** Starts it in the namespaces of the process `pid`, and waits until it serves. */
export async function startProxyCommand(
  pid: number,
  snapshot: string,
  args: readonly string[] = [],
): Promise<ProxyCommand> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-rules-proxy-'));
  const file = join(folder, 'cluster.yaml');
  const replace = (text: string): void => {
    writeFileSync(`${file}.next`, text);
    renameSync(`${file}.next`, file);
  };
  replace(snapshot);
  const words = ['proxy', file, '--node', 'node1', ...args];
  const [program = '', ...rest] = enterNamespaces(pid, commandLine(words));
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const command: ProxyCommand = {
    said: () => said,
    waitFor: async (text) => {
      for (let attempt = 0; attempt < 200 && !said.includes(text); attempt += 1) {
        if (child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      if (!said.includes(text)) throw new Error(`It never said "${text}", but:\n${said}`);
    },
    replace,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
    stop: () => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await command.waitFor(READY).catch((error: unknown) => {
    command.stop();
    throw error;
  });
  return command;
}
