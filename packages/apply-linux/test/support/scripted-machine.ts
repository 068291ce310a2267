import type { DumpFiles, Operation } from '@kube-rules/core';
import type { CommandResult, Machine } from '../../src/machine.ts';
import { createNodeModel, type NodeModel } from '../../../core/test/support/node-model.ts';

/** A machine that is not there: it answers from a model of a node, and can be told to fail. */
export interface ScriptedMachine extends Machine {
  /** A call a line: the command and its arguments. */
  readonly calls: string[];
  /** What the commands got on standard input, in the order of `calls`. */
  readonly inputs: string[];
  readonly node: NodeModel;
  readonly files: Map<string, string>;
  /** Asked before each call; an answer takes the place of the model's. */
  answer: (call: string, number: number) => CommandResult | undefined;
}

export interface ScriptedOptions {
  readonly isRoot?: boolean;
  readonly kubeProxies?: readonly number[];
  readonly node?: NodeModel;
}

const done: CommandResult = { exitCode: 0, stdout: '', stderr: '' };

export function say(stdout: string): CommandResult {
  return { ...done, stdout };
}

export function fail(stderr: string, exitCode = 1): CommandResult {
  return { exitCode, stdout: '', stderr };
}

export const missing: CommandResult = { exitCode: undefined, stdout: '', stderr: '' };

export function createScriptedMachine({
  isRoot = true,
  kubeProxies = [],
  node = createNodeModel(),
}: ScriptedOptions = {}): ScriptedMachine {
  const [calls, inputs, files] = [[] as string[], [] as string[], new Map<string, string>()];
  files.set('/proc/net/ip_vs', 'IP Virtual Server version 1.2.1\n');
  const machine: ScriptedMachine = {
    calls,
    inputs,
    files,
    node,
    isRoot,
    answer: () => undefined,
    findKubeProxy: async () => kubeProxies,
    readFile: async (path) => files.get(path),
    writeFile: async (path, text) => void files.set(path, text),
    run: async (command, args, input = '') => {
      const call = [command, ...args].join(' ');
      calls.push(call);
      inputs.push(input);
      return machine.answer(call, calls.length) ?? answerOf(node, call, input);
    },
  };
  return machine;
}

/** What the tools of a node in the model say. */
function answerOf(node: NodeModel, call: string, input: string): CommandResult {
  const operation = operationOf(call, input);
  if (!operation) return say(printed(call, node.dump()));
  try {
    for (const one of operation) node.run(one);
    return done;
  } catch (error) {
    return fail((error as Error).message);
  }
}

function printed(call: string, files: DumpFiles): string {
  const text = (name: string): string => files[name] ?? '';
  const [command = ''] = call.split(' ');
  if (command.endsWith('-save')) {
    const family = command.startsWith('ip6') ? 'ipv6' : 'ipv4';
    return text(`${family}.${command.replace('ip6', 'ip')}`);
  }
  if (call.startsWith('nft list ')) return printTables(call, text('nft-list'));
  const names = {
    'ipset save': 'ipset-save',
    'ipvsadm -S -n': 'ipvsadm-save',
    'ip -json address': 'ip-addr.json',
  };
  return text(Object.entries(names).find(([known]) => known === call)?.[1] ?? '');
}

function printTables(call: string, listing: string): string {
  const lines = listing.split('\n');
  const place = ` ${call.split(' ').slice(3).join(' ')} `;
  return call === 'nft list tables'
    ? lines.flatMap((line) => (line.startsWith('add table') ? `${line.slice(4)}\n` : [])).join('')
    : lines.flatMap((line) => (` ${line} `.includes(place) ? `${line}\n` : [])).join('');
}

/** The steps that a call takes; none for one that only asks. */
function operationOf(call: string, input: string): readonly Operation[] | undefined {
  if (/--test|nft -c/.test(call)) return [];
  if (/^ip6?tables-\w+-restore/.test(call))
    return [{ kind: 'iptables', family: call.startsWith('ip6') ? 'IPv6' : 'IPv4', input }];
  if (call === 'nft -f -') return [{ kind: 'nft', input }];
  if (call === 'ipset restore') return [{ kind: 'ipset', input }];
  if (call === 'ipvsadm -R') return [{ kind: 'ipvs', input }];
  if (call.startsWith('ip link add ')) return [{ kind: 'addLink', name: call.split(' ')[3] ?? '' }];
  if (call.startsWith('ip link delete '))
    return [{ kind: 'deleteLink', name: call.split(' ')[3] ?? '' }];
  if (call === 'ip -batch -') return input.trim().split('\n').map(addressStep);
  return undefined;
}

function addressStep(line: string): Operation {
  const [, action, address = '', , link = ''] = line.split(' ');
  const addresses = [address.split('/')[0] ?? ''];
  return { kind: action === 'add' ? 'addAddresses' : 'deleteAddresses', link, addresses };
}
