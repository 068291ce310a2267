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
  /** Files that cannot be written. */
  readonly fixed: Set<string>;
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
  files.set('/proc/sys/kernel/osrelease', '6.1.0-18-amd64\n');
  const machine: ScriptedMachine = {
    calls,
    inputs,
    files,
    fixed: new Set(),
    node,
    isRoot,
    answer: () => undefined,
    findKubeProxy: async () => kubeProxies,
    readFile: async (path) => files.get(path) ?? tableNames(node, path),
    isWritable: async (path) => !machine.fixed.has(path),
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

/** The legacy implementation is asked only where the kernel has tables of it. */
function tableNames(node: NodeModel, path: string): string | undefined {
  const [, family] = /^\/proc\/net\/ip(6?)_tables_names$/.exec(path) ?? [];
  const dump = node.dump()[`ipv${family === '6' ? 6 : 4}.iptables-legacy-save`] ?? '';
  const names = [...dump.matchAll(/^\*(\w+)$/gm)].map(([, name]) => `${name}\n`);
  return family === undefined ? undefined : names.join('');
}

const versions: Readonly<Record<string, string>> = {
  nft: 'nftables v1.0.6 (Lester Gooch #5)\n',
  ipset: 'ipset v7.17, protocol version: 7\n',
  ipvsadm: 'ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n',
  conntrack: 'conntrack v1.4.7 (conntrack-tools)\n',
  ip: 'ip utility, iproute2-6.1.0\n',
};

function versionOf(call: string): string | undefined {
  const [, tool = ''] = /^(\S+) (?:--version|-V)$/.exec(call) ?? [];
  return versions[tool] ?? (/^ip6?tables/.test(tool) ? `${tool} v1.8.9\n` : undefined);
}

const scriptStep = /^(.*?) <<'KUBE-RULES-END'(.*)\n([^]*?)KUBE-RULES-END\n/gm;

/** A shell script in a network namespace of its own: a node on which nothing is yet. */
function runScript(script: string): CommandResult {
  const node = createNodeModel();
  for (const [, call = '', rest = '', input = ''] of script.matchAll(scriptStep)) {
    const { exitCode, stderr } = answerOf(node, call, input);
    const [, step] = /echo '(.*)' >&2/.exec(rest) ?? [];
    if (exitCode !== 0) return fail([stderr, step ?? []].flat().join('\n'));
  }
  return done;
}

/** What the tools of a node in the model say. */
function answerOf(node: NodeModel, call: string, input: string): CommandResult {
  if (call === 'unshare --net sh') return runScript(input);
  const version = versionOf(call);
  if (version !== undefined) return say(version);
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
  const [, backend] = /^ip6?tables-(nft|legacy)-restore/.exec(call) ?? [];
  if (backend === 'nft' || backend === 'legacy') {
    const family = call.startsWith('ip6') ? 'IPv6' : 'IPv4';
    return [{ kind: 'iptables', family, input, backend }];
  }
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
