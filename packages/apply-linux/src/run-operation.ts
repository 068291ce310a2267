import type { Backend, DrainedServer, Flow, Operation } from '@kube-rules/core';
import { errorText } from './error-text.ts';
import { ApplyError } from './apply-error.ts';
import { explainFailure } from './explain-failure.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { CommandResult, Machine } from './machine.ts';
import { sysctlPath } from './read-live.ts';

export interface OperationContext {
  readonly machine: Machine;
  readonly backend: Backend;
  /** Milliseconds for which connections to a drained server may last. */
  readonly drainDeadline: number;
  /** A drain ends, and does not fail, where it cannot be told whether connections last. */
  readonly isUndo?: boolean;
  /** Told what did not work, and does not matter enough to undo everything. */
  readonly warn: (message: string) => void;
  /** Ends what waits. */
  readonly signal?: AbortSignal | undefined;
}

/** Seconds for which iptables waits for another program's lock. */
export const lockWait = '5';

/**
 * Carries out one step.
 *
 * @throws {ApplyError} if a tool fails; steps before it stay.
 */
export async function runOperation(operation: Operation, context: OperationContext): Promise<void> {
  const { machine } = context;
  switch (operation.kind) {
    case 'sysctl':
      return writeSysctl(operation.name, operation.value, context);
    case 'addLink':
      return expectSuccess(machine, 'ip', ['link', 'add', operation.name, 'type', 'dummy']);
    case 'deleteLink':
      return expectSuccess(machine, 'ip', ['link', 'delete', operation.name]);
    case 'addAddresses':
    case 'deleteAddresses':
      return changeAddresses(operation, machine);
    case 'ipset':
      return expectSuccess(machine, 'ipset', ['restore'], operation.input);
    case 'iptables': {
      const command = restoreCommand(operation, context.backend);
      return expectSuccess(machine, command, ['--noflush', '-w', lockWait], operation.input);
    }
    case 'nft':
      return expectSuccess(machine, 'nft', ['-f', '-'], operation.input);
    case 'ipvs':
      return runIpvsadm(operation.input, machine);
    case 'drain':
      return drain(operation.servers, context);
    case 'deleteFlows':
      return deleteFlows(operation.flows, context);
  }
}

/** `ip6tables-nft-restore` and its like. */
export function restoreCommand(
  { family, backend }: Extract<Operation, { readonly kind: 'iptables' }>,
  usual: Backend,
): string {
  return `${family === 'IPv4' ? 'iptables' : 'ip6tables'}-${backend ?? usual}-restore`;
}

type Call = readonly [command: string, args: readonly string[], input?: string];

async function expectSuccess(
  machine: Machine,
  ...[command, args, input = '']: Call
): Promise<void> {
  const result = await machine.run(command, args, input);
  if (result.exitCode !== 0) throw await explainRefusal(machine, { command, input, result });
}

/** A container may have no right to it: that is worth a word, and no reason to undo the rest. */
async function writeSysctl(name: string, value: string, context: OperationContext): Promise<void> {
  const { machine } = context;
  const path = sysctlPath(name);
  // The tool loads the module that the setting is of.
  if (name.startsWith('net.ipv4.vs.') && (await machine.readFile(path)) === undefined)
    await expectSuccess(machine, 'ipvsadm', ['-L', '-n']);
  try {
    await machine.writeFile(path, `${value}\n`);
  } catch (error) {
    context.warn(`${name} stays as it is: ${errorText(error)}`);
  }
}

type AddressOperation = Extract<Operation, { readonly addresses: readonly string[] }>;

async function changeAddresses(
  { kind, link, addresses }: AddressOperation,
  machine: Machine,
): Promise<void> {
  const action = kind === 'addAddresses' ? 'add' : 'delete';
  const lines = addresses.map((address) => {
    const length = address.includes(':') ? 128 : 32;
    return `address ${action} ${address}/${length} dev ${link}\n`;
  });
  await expectSuccess(machine, 'ip', ['-batch', '-'], lines.join(''));
}

/** The tool says little by its status: what it writes on standard error is a failure, too. */
async function runIpvsadm(input: string, machine: Machine): Promise<void> {
  const result = await machine.run('ipvsadm', ['-R'], input);
  if (result.exitCode !== 0 || result.stderr.trim() !== '')
    throw await explainRefusal(machine, { command: 'ipvsadm', input, result });
}

const pollEvery = 200;

/** No new connections first; gone when there are none any more, or at the deadline. */
async function drain(servers: readonly DrainedServer[], context: OperationContext): Promise<void> {
  const { machine, drainDeadline, signal } = context;
  const lines = (action: string): string =>
    servers
      .map(({ virtualServer, address }) =>
        action.replace('SERVER', `${virtualServer} -r ${address}`),
      )
      .join('\n');
  await runIpvsadm(`${lines('-e SERVER -m -w 0')}\n`, machine);
  const end = Date.now() + drainDeadline;
  while (Date.now() < end && (await hasConnections(servers, context))) {
    throwIfInterrupted(signal);
    await new Promise((resolve) => setTimeout(resolve, pollEvery));
  }
  await runIpvsadm(`${lines('-d SERVER')}\n`, machine);
}

async function hasConnections(
  servers: readonly DrainedServer[],
  { machine, isUndo = false }: OperationContext,
): Promise<boolean> {
  const result = await machine.run('ipvsadm', ['-L', '-n']);
  if (result.exitCode !== 0 && !isUndo) throw explainFailure('ipvsadm', result);
  const addresses = new Set(servers.map(({ address }) => address));
  return result.stdout.split('\n').some((line) => {
    const [, address = '', active = '0', inactive = '0'] =
      /^\s*-> (\S+)\s+\S+\s+0\s+(\d+)\s+(\d+)/.exec(line) ?? [];
    return addresses.has(address) && Number(active) + Number(inactive) > 0;
  });
}

/** @throws {ApplyError} once the signal was given. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new ApplyError('INTERRUPTED', 'It was interrupted.', {
    hint: 'The node is as before; try again.',
  });
}

/**
 * A flow that ended meanwhile is no failure, and one that stays is worth a word: the rules are right, and
 * its packets go astray until it ends.
 */
async function deleteFlows(flows: readonly Flow[], context: OperationContext): Promise<void> {
  for (const { original } of flows) {
    const { source, destination, sourcePort, destinationPort } = original;
    const family = source.includes(':') ? 'ipv6' : 'ipv4';
    const ends = `--orig-src ${source} --orig-dst ${destination} --sport ${sourcePort} --dport ${destinationPort}`;
    const args = `-D -f ${family} -p udp ${ends}`.split(' ');
    const result = await context.machine.run('conntrack', args);
    if (!isRealFailure(result)) continue;
    context.warn(
      `stale UDP flows stay until they end: ${explainFailure('conntrack', result).message}`,
    );
    return;
  }
}

function isRealFailure({ exitCode, stderr }: CommandResult): boolean {
  return exitCode !== 0 && !/0 flow entries have been deleted/.test(stderr);
}
