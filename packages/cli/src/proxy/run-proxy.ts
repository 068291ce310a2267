import { startProxy, withProxyLock, type Proxy } from '@kube-rules/apply-linux';
import type { CommandContext } from '../command-context.ts';
import type { Wanted } from '../command/load-wanted.ts';
import type { CommandIO, ExitStatus } from '../io.ts';
import { count } from '../output/count.ts';
import { choosePalette } from '../output/palette.ts';
import { createChangeRules, removeRules } from './change-rules.ts';
import { createEventLines } from './create-event-lines.ts';
import { createInbox, type Inbox } from './create-inbox.ts';
import { createNodeProxy, type Followed } from './create-node-proxy.ts';
import { createTeller } from './create-teller.ts';
import { followChanges, type FollowOptions } from './follow-changes.ts';
import { listenForEnd } from './listen-for-end.ts';
import { openStatus } from './open-status.ts';
import { readWanted, type ReadWantedOptions } from './read-wanted.ts';
import { watchFiles } from './watch-files.ts';

export interface RunProxyOptions extends ReadWantedOptions {
  readonly takeOver?: true;
  /** In milliseconds. */
  readonly drainDeadline: number;
  /** In milliseconds. */
  readonly udpIdleTimeout: number;
}

/** Runs userspace mode on this machine until it is told to end. */
export async function runProxy(
  names: readonly string[],
  options: RunProxyOptions,
  context: CommandContext,
): Promise<ExitStatus> {
  const inbox = createInbox();
  const io = readingOnce(context.io);
  const watching = await watchFiles({
    names: names.filter((name) => name !== '-'),
    onChange: () => inbox.put('changed'),
  });
  try {
    const read: Work['read'] = async () => readWanted(names, options, { ...context, io });
    const first = await read();
    if (!('reason' in first)) {
      const work: Work = { ...options, io, inbox, read };
      return await withProxyLock(async () => proxySnapshot(first, work));
    }
    io.writeError(first.reason);
    return 2;
  } finally {
    watching.stop();
  }
}

/** Standard input is not there a second time. */
function readingOnce(io: CommandIO): CommandIO {
  let input: ReturnType<CommandIO['readInput']> | undefined;
  return { ...io, readInput: async () => (input ??= io.readInput()) };
}

interface Work extends RunProxyOptions, Pick<FollowOptions, 'read'> {
  readonly io: CommandIO;
  readonly inbox: Inbox;
}

async function proxySnapshot(first: Wanted, work: Work): Promise<ExitStatus> {
  const { io, inbox, udpIdleTimeout, takeOver, color } = work;
  const lines = createEventLines(io, choosePalette(color, io.outIsTerminal, io));
  const proxy = startProxy({ udpIdleTimeout, onEvent: lines.show });
  const warn = (message: string): void => io.writeError(`warning: ${message}\n`);
  const node = createNodeProxy({
    update: proxy.update,
    changeRules: createChangeRules({ ...(takeOver && { takeOver }), warn }),
  });
  const cut = new AbortController();
  const stopListening = listenForEnd({
    onFirst: () => inbox.put('end'),
    onSecond: () => cut.abort(),
  });
  try {
    return await serve({
      ...work,
      first,
      proxy,
      warn,
      cut,
      follow: (snapshot) => node.follow(snapshot).finally(lines.endChange),
    });
  } finally {
    await proxy.close({ deadline: 0 });
    stopListening();
  }
}

interface Serving extends Work, Pick<FollowOptions, 'first' | 'follow'> {
  readonly proxy: Proxy;
  readonly warn: (message: string) => void;
  /** Cuts what lives. */
  readonly cut: AbortController;
}

async function serve(serving: Serving): Promise<ExitStatus> {
  const { io, color, first, follow, proxy, cut } = serving;
  const { snapshot } = first.loaded;
  const teller = createTeller(io, choosePalette(color, io.errorIsTerminal, io));
  // Status is served behind the first change: on the ports of kube-proxy it would be taken for one.
  const followed = await follow(snapshot);
  teller.tellFollowed(first, followed);
  const { config } = snapshot;
  const status = await openStatus({ config, counters: proxy.counters, io });
  try {
    if (status.hasFailed && config.bindAddressHardFail) {
      io.writeError('kube-rules: bindAddressHardFail says that the proxy ends then\n');
      return 1;
    }
    status.health.updated();
    io.writeOut(describe(snapshot.nodeName, followed));
    await followChanges({ ...serving, health: status.health, teller });
    status.health.setNodeEligible(false);
    return 0;
  } catch (error) {
    cut.abort();
    throw error;
  } finally {
    await end(serving).finally(status.close);
  }
}

function describe(nodeName: string, { listeners }: Followed): string {
  const names = new Set(listeners.map(({ servicePort, protocol }) => `${servicePort} ${protocol}`));
  return `${nodeName}, userspace mode: ${count(names.size, 'service port')} on ${count(listeners.length, 'listener')}\n`;
}

async function end({ io, proxy, warn, cut, first, drainDeadline }: Serving): Promise<void> {
  const living = proxy.counters().reduce((sum, { openConnections }) => sum + openConnections, 0);
  const wait = `, and waits up to ${drainDeadline / 1000} s for ${count(living, 'connection')}`;
  io.writeOut(`end: takes nothing new${living > 0 ? wait : ''}\n`);
  const drained = await proxy.close({ deadline: drainDeadline, signal: cut.signal });
  if (drained.cut > 0) io.writeOut(`end: ${count(drained.cut, 'connection')} cut\n`);
  await removeRules(first.loaded.snapshot.nodeName, warn);
  io.writeOut('end: the rules are gone\n');
}
