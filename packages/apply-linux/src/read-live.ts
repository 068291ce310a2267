import { chooseBackend, type Backend, type DumpFiles } from '@kube-rules/core';
import { ApplyError } from './apply-error.ts';
import { explainFailure } from './explain-failure.ts';
import type { Machine } from './machine.ts';

/** What a node has, as its tools print it. */
export interface Live {
  /** By the names that `readDumps` of core knows. */
  readonly files: DumpFiles;
  /** The implementation of iptables that holds kube-proxy's rules, or would get them. */
  readonly backend: Backend;
  /** The values of the kernel settings that any mode may write, by name. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** The names of those that this process may not write. */
  readonly fixedSysctls: readonly string[];
}

export interface ReadLiveOptions {
  /** Also reads the UDP flows of conntrack, which may be very many; false by default. */
  readonly flows?: boolean;
}

/** The settings that any mode may write. */
const sysctlNames = [
  'net.ipv4.conf.all.arp_announce',
  'net.ipv4.conf.all.arp_ignore',
  'net.ipv4.conf.all.route_localnet',
  'net.ipv4.ip_forward',
  'net.ipv4.vs.conn_reuse_mode',
  'net.ipv4.vs.conntrack',
  'net.ipv4.vs.expire_nodest_conn',
  'net.ipv4.vs.expire_quiescent_template',
  'net.netfilter.nf_conntrack_max',
  'net.netfilter.nf_conntrack_tcp_be_liberal',
  'net.netfilter.nf_conntrack_tcp_timeout_close_wait',
  'net.netfilter.nf_conntrack_tcp_timeout_established',
  'net.netfilter.nf_conntrack_udp_timeout',
  'net.netfilter.nf_conntrack_udp_timeout_stream',
  '/sys/module/nf_conntrack/parameters/hashsize',
] as const;

/**
 * Reads all rules of a node that may be kube-proxy's, whatever the mode. Changes nothing: tools that
 * would load kernel modules by being asked are asked only where those are loaded.
 *
 * @throws {ApplyError} if a tool fails, or prints less than all.
 */
export async function readLive(
  machine: Machine,
  { flows: wantsFlows = false }: ReadLiveOptions = {},
): Promise<Live> {
  const [nft, legacy, sets, servers, addresses, tables, flows] = await Promise.all([
    readIptables(machine, 'nft'),
    readIptables(machine, 'legacy'),
    readOptional(machine, 'ipset', ['save']),
    readServers(machine),
    readOptional(machine, 'ip', ['-json', 'address']),
    readTables(machine),
    wantsFlows ? readFlows(machine) : '',
  ]);
  const files: Record<string, string> = {
    ...nft,
    ...legacy,
    ...(sets !== undefined && { 'ipset-save': sets }),
    ...(servers !== undefined && { 'ipvsadm-save': servers }),
    ...(addresses !== undefined && { 'ip-addr.json': addresses }),
    ...(tables !== '' && { 'nft-list': tables }),
    ...(flows !== '' && { conntrack: flows }),
  };
  return {
    files,
    // A node that has the legacy implementation alone, and no rules yet, was not asked for any.
    backend: chooseBackend(files) ?? 'legacy',
    ...(await readSysctls(machine)),
  };
}

async function readIptables(machine: Machine, backend: Backend): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [prefix, family] of [
    ['iptables', 'ipv4'],
    ['ip6tables', 'ipv6'],
  ] as const) {
    if (backend === 'legacy' && !(await hasLegacyTables(machine, prefix))) continue;
    const command = `${prefix}-${backend}-save`;
    const result = await machine.run(command, []);
    if (result.exitCode === undefined) continue;
    if (result.exitCode !== 0 || isCutShort(result.stdout)) throw explainFailure(command, result);
    files[`${family}.iptables-${backend}-save`] = result.stdout;
  }
  return files;
}

/** Asking the legacy tool makes empty tables where there are none. */
async function hasLegacyTables(
  machine: Machine,
  prefix: 'iptables' | 'ip6tables',
): Promise<boolean> {
  const names = await machine.readFile(
    `/proc/net/${prefix === 'iptables' ? 'ip' : 'ip6'}_tables_names`,
  );
  return (names ?? '').trim() !== '';
}

/** The tools may end with status 0 in the middle of a table. */
function isCutShort(text: string): boolean {
  const begun = text.match(/^\*/gm)?.length ?? 0;
  return begun !== (text.match(/^COMMIT$/gm)?.length ?? 0);
}

async function readOptional(
  machine: Machine,
  command: string,
  args: readonly string[],
): Promise<string | undefined> {
  const result = await machine.run(command, args);
  if (result.exitCode === undefined) return undefined;
  if (result.exitCode !== 0) throw explainFailure(command, result);
  return result.stdout;
}

async function readServers(machine: Machine): Promise<string | undefined> {
  const table = await machine.readFile('/proc/net/ip_vs');
  return table === undefined ? undefined : readOptional(machine, 'ipvsadm', ['-S', '-n']);
}

/** kube-proxy's tables only: newer objects of others have made nft fail. */
async function readTables(machine: Machine): Promise<string> {
  const listing = await readOptional(machine, 'nft', ['list', 'tables']);
  const own = (listing ?? '').split('\n').filter((line) => /^table ip6? kube-proxy$/.test(line));
  const texts: string[] = [];
  for (const line of own) {
    const [, family = '', name = ''] = line.split(' ');
    texts.push((await readOptional(machine, 'nft', ['list', 'table', family, name])) ?? '');
  }
  return texts.join('');
}

async function readFlows(machine: Machine): Promise<string> {
  const texts: string[] = [];
  for (const family of ['ipv4', 'ipv6']) {
    const result = await machine.run('conntrack', ['-L', '-p', 'udp', '-f', family]);
    if (result.exitCode === 0) texts.push(result.stdout);
  }
  return texts.join('');
}

async function readSysctls(machine: Machine): Promise<Pick<Live, 'sysctls' | 'fixedSysctls'>> {
  const sysctls: Record<string, string> = {};
  const fixedSysctls: string[] = [];
  for (const name of sysctlNames) {
    const text = await machine.readFile(sysctlPath(name));
    if (text === undefined) continue;
    sysctls[name] = text.trim();
    if (!(await machine.isWritable(sysctlPath(name)))) fixedSysctls.push(name);
  }
  return { sysctls, fixedSysctls };
}

/** The file of a kernel setting, which may be named by it. */
export function sysctlPath(name: string): string {
  return name.startsWith('/') ? name : `/proc/sys/${name.replaceAll('.', '/')}`;
}

/** @throws {ApplyError} for a process that may not change rules. */
export function requireRoot({ isRoot }: Machine): void {
  if (!isRoot) {
    throw new ApplyError('NOT_ROOT', 'Only root may change rules.', {
      hint: 'Run it as root, or with sudo.',
    });
  }
}
