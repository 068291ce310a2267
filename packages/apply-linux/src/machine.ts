import { access, constants, readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { findKubeProxy } from './find-kube-proxy.ts';

export interface CommandResult {
  /** `undefined` if the command is not there. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the node's tools: the only way in which this package acts on a node. */
export type CommandRunner = (
  command: string,
  args: readonly string[],
  input?: string,
) => Promise<CommandResult>;

/** The node, or whatever stands in for it in a test. */
export interface Machine {
  readonly run: CommandRunner;
  /** `undefined` if there is no such file, or it cannot be read. */
  readonly readFile: (path: string) => Promise<string | undefined>;
  /** Whether it may be written: /proc/sys is read-only in most containers. */
  readonly isWritable: (path: string) => Promise<boolean>;
  /** Rejects with the error of the system. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
  readonly isRoot: boolean;
  /** The numbers of the running kube-proxies that can be seen. */
  readonly findKubeProxy: () => Promise<readonly number[]>;
}

/** The machine on which this process runs. */
export const thisMachine: Machine = {
  run: async (command, args, input = '') => {
    const { exitCode, stdout, stderr, code } = await execa(command, args, {
      input,
      reject: false,
      stripFinalNewline: false,
      maxBuffer: 1 << 30,
      env: { LC_ALL: 'C' },
    });
    return { exitCode: code === 'ENOENT' ? undefined : (exitCode ?? -1), stdout, stderr };
  },
  readFile: (path) => readFile(path, 'utf8').catch(() => undefined),
  isWritable: (path) =>
    access(path, constants.W_OK).then(
      () => true,
      () => false,
    ),
  writeFile: (path, text) => writeFile(path, text),
  isRoot: process.getuid?.() === 0,
  findKubeProxy,
};
