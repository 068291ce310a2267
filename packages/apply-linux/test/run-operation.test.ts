import type { Operation } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { restoreCommand, runOperation, type OperationContext } from '../src/run-operation.ts';
import {
  createScriptedMachine,
  fail,
  say,
  type ScriptedMachine,
} from './support/scripted-machine.ts';

interface Run {
  readonly machine: ScriptedMachine;
  readonly warnings: string[];
  readonly context: OperationContext;
}

function prepare(options: Partial<OperationContext> = {}): Run {
  const [machine, warnings] = [createScriptedMachine(), [] as string[]];
  const warn = (message: string): void => void warnings.push(message);
  const context = { machine, backend: 'nft', drainDeadline: 1000, warn, ...options } as const;
  return { machine, warnings, context };
}

const servers = [
  { virtualServer: '-t 10.96.0.1:80', address: '10.244.0.1:8080' },
  { virtualServer: '-t [fd00::1]:80', address: '[fd00::2]:8080' },
];
const drain: Operation = { kind: 'drain', servers };

test('a drained server gets no new connections, and goes when it has none', async () => {
  const { machine, context } = prepare();
  const lists = [
    '  -> 10.244.0.1:8080              Masq    0      1          0\n',
    '  -> 10.244.0.1:8080              Masq    0      0          0\n  -> 10.244.0.7:8080 Masq 1 9 9\n',
  ];
  machine.answer = (call) => (call === 'ipvsadm -L -n' ? say(lists.shift() ?? '') : say(''));
  await runOperation(drain, context);
  expect(machine.calls).toEqual(['ipvsadm -R', 'ipvsadm -L -n', 'ipvsadm -L -n', 'ipvsadm -R']);
  expect(machine.inputs[0]).toBe(
    '-e -t 10.96.0.1:80 -r 10.244.0.1:8080 -m -w 0\n-e -t [fd00::1]:80 -r [fd00::2]:8080 -m -w 0\n',
  );
  expect(machine.inputs[3]).toBe(
    '-d -t 10.96.0.1:80 -r 10.244.0.1:8080\n-d -t [fd00::1]:80 -r [fd00::2]:8080\n',
  );
});

test('at the deadline it goes with the connections it has', async () => {
  const { machine, context } = prepare({ drainDeadline: 1 });
  machine.answer = (call) =>
    say(call === 'ipvsadm -L -n' ? '  -> 10.244.0.1:8080 Masq 0 1 0\n' : '');
  await runOperation(drain, context);
  expect(machine.inputs.at(-1)).toMatch(/^-d -t /);
});

test('a signal ends a drain, and the server is not taken away', async () => {
  const controller = new AbortController();
  const { machine, context } = prepare({ drainDeadline: 60_000, signal: controller.signal });
  machine.answer = (call) => {
    if (call !== 'ipvsadm -L -n') return say('');
    controller.abort();
    return say('  -> 10.244.0.1:8080 Masq 0 1 0\n');
  };
  await expect(runOperation(drain, context)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(machine.inputs.filter((input) => input.startsWith('-d'))).toEqual([]);
});

test('a kernel setting that cannot be written is worth a word', async () => {
  const { machine, warnings, context } = prepare();
  const operation: Operation = { kind: 'sysctl', name: 'net.ipv4.ip_forward', value: '1' };
  await runOperation(operation, context);
  expect(machine.files.get('/proc/sys/net/ipv4/ip_forward')).toBe('1\n');
  const writeFile = async (): Promise<void> => {
    throw new Error('EROFS: read-only file system');
  };
  await runOperation(operation, { ...context, machine: { ...machine, writeFile } });
  expect(warnings).toEqual(['net.ipv4.ip_forward stays as it is: EROFS: read-only file system']);
});

test('the hash table of conntrack is written by its path', async () => {
  const { machine, context } = prepare();
  const name = '/sys/module/nf_conntrack/parameters/hashsize';
  await runOperation({ kind: 'sysctl', name, value: '32768' }, context);
  expect(machine.files.get(name)).toBe('32768\n');
});

test('ipvsadm that complains and ends with status 0 has failed', async () => {
  const { machine, context } = prepare();
  machine.answer = () => ({ exitCode: 0, stdout: '', stderr: 'No such destination\n' });
  const operation: Operation = { kind: 'ipvs', input: '-d -t 10.96.0.1:80 -r 10.244.0.1:80\n' };
  await expect(runOperation(operation, context)).rejects.toMatchObject({ code: 'TOOL_FAILED' });
});

const flow = (source: string) => ({
  protocol: 'udp',
  original: { source, destination: '10.96.0.10', sourcePort: 4000, destinationPort: 53 },
  reply: { source: '10.244.0.9', destination: source, sourcePort: 53, destinationPort: 4000 },
});

test('flows: one that ended is nothing, one that stays ends the rest with a warning', async () => {
  const { machine, warnings, context } = prepare();
  const flows = [flow('10.0.0.1'), flow('10.0.0.2'), flow('10.0.0.3')];
  machine.answer = (call) => {
    if (call.includes('10.0.0.1')) return fail('conntrack: 0 flow entries have been deleted.');
    return call.includes('10.0.0.2') ? fail('Operation failed: no') : undefined;
  };
  await runOperation({ kind: 'deleteFlows', flows }, context);
  expect(machine.calls).toEqual([
    'conntrack -D -f ipv4 -p udp --orig-src 10.0.0.1 --orig-dst 10.96.0.10 --sport 4000 --dport 53',
    'conntrack -D -f ipv4 -p udp --orig-src 10.0.0.2 --orig-dst 10.96.0.10 --sport 4000 --dport 53',
  ]);
  expect(warnings).toEqual([
    'stale UDP flows stay until they end: conntrack failed with status 1: Operation failed: no',
  ]);
});

test('the restore command is the node’s own, unless the step names another back end', () => {
  const step = { kind: 'iptables', input: '' } as const;
  expect(restoreCommand({ ...step, family: 'IPv4' }, 'nft')).toBe('iptables-nft-restore');
  expect(restoreCommand({ ...step, family: 'IPv6' }, 'legacy')).toBe('ip6tables-legacy-restore');
  expect(restoreCommand({ ...step, family: 'IPv6', backend: 'legacy' }, 'nft')).toBe(
    'ip6tables-legacy-restore',
  );
});
