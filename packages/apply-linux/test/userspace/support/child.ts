import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Listener } from '@kube-rules/core';
import type { ServicePortCounters } from '../../../src/userspace/account.ts';
import type { ProxyOptions } from '../../../src/userspace/proxy.ts';

const proxyProgram = fileURLToPath(new URL('./proxy-process.mjs', import.meta.url));
const endpointProgram = fileURLToPath(new URL('./endpoint-process.mjs', import.meta.url));

export interface Report {
  readonly counters: readonly ServicePortCounters[];
  readonly lines: readonly string[];
}

export interface ProxyProcess {
  /** In the order of the listeners. */
  readonly ports: readonly number[];
  readonly report: () => Promise<Report>;
  /** In bytes, after the garbage was collected. */
  readonly measureMemory: () => Promise<number>;
  readonly countDescriptors: () => Promise<number>;
  readonly takeDescriptors: (left: number) => Promise<number>;
  readonly releaseDescriptors: () => Promise<void>;
}

export interface ProxyProcessOptions {
  readonly listeners: readonly Listener[];
  readonly options?: ProxyOptions;
  /** RLIMIT_NOFILE; that of this process unless told. */
  readonly descriptors?: number;
}

/** A proxy in a process that ends with the test. */
export async function startProxyProcess({
  listeners,
  options = {},
  descriptors,
}: ProxyProcessOptions): Promise<ProxyProcess> {
  const child = start(
    ['--expose-gc', proxyProgram, JSON.stringify({ listeners, options })],
    descriptors,
  );
  const [{ ports }] = await message(child);
  const ask = async <T>(name: string, argument?: number): Promise<T> => {
    child.send([name, argument]);
    const [{ answer }] = await message(child);
    return answer;
  };
  return {
    ports,
    report: () => ask('report'),
    measureMemory: () => ask('measureMemory'),
    countDescriptors: () => ask('countDescriptors'),
    takeDescriptors: (left) => ask('takeDescriptors', left),
    releaseDescriptors: () => ask('releaseDescriptors'),
  };
}

/** The address of an endpoint in a process that ends with the test. */
export async function startEndpointProcess(): Promise<string> {
  const [address] = await message(start([endpointProgram]));
  return address;
}

/** Its next message; rejects if it ends instead. */
async function message(child: ChildProcess): ReturnType<typeof once> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  child.once('exit', end);
  return once(child, 'message', { signal: ended.signal }).finally(() => child.off('exit', end));
}

function start(args: readonly string[], descriptors?: number): ChildProcess {
  const limit = descriptors === undefined ? '' : `ulimit -n ${descriptors}; `;
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, process.execPath, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
