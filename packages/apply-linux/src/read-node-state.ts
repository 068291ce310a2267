import { parseIpAddr, type NodeState } from '@kube-rules/core';
import { hostname } from 'node:os';
import type { Machine } from './machine.ts';
import { readLive, sysctlPath, type Live } from './read-live.ts';
import { readVersions } from './read-versions.ts';

/**
 * What the Kubernetes API does not know of the node, read from it: what rules depend on, and what else
 * people ask for. A NodeState of a snapshot wins over it, field by field.
 *
 * @param live What was read of the node already.
 */
export async function readNodeState(
  machine: Machine,
  live: Live | Promise<Live> = readLive(machine),
): Promise<NodeState> {
  const kernel = await machine.readFile(sysctlPath('kernel.osrelease'));
  return {
    ...(await readNodeFacts(machine, await live)),
    ...(kernel !== undefined && { kernel: kernel.trim() }),
    tools: await readVersions(machine),
    modules: await readModules(machine),
  };
}

/** The part of `readNodeState` on which rules depend: a plan waits for no more. */
export async function readNodeFacts(
  machine: Machine,
  { backend, files, sysctls }: Live,
): Promise<NodeState> {
  const { interfaces } = parseIpAddr(files['ip-addr.json'] ?? '[]');
  const { stdout: help } = await machine.run(`iptables-${backend}`, ['-j', 'MASQUERADE', '--help']);
  const liberal = 'net.netfilter.nf_conntrack_tcp_be_liberal';
  return {
    nodeName: hostname().toLowerCase(),
    interfaces: interfaces
      .filter(({ name }) => name !== 'kube-ipvs0')
      .map(({ name, addresses }) => ({
        name,
        addresses: addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
      })),
    sysctls: { [liberal]: Number(sysctls[liberal] ?? 0) },
    iptables: {
      backend,
      ...(help !== '' && { randomFully: help.includes('--random-fully') }),
      // Nobody but kube-proxy makes its counters: where its rules have them, they are there.
      nfacct: Object.values(files).some((text) => text.includes(' --nfacct-name ')),
    },
  };
}

/** The loaded kernel modules by name; what is built in is not among them. */
async function readModules({ readFile }: Machine): Promise<string[]> {
  const text = (await readFile('/proc/modules')) ?? '';
  return text
    .split('\n')
    .flatMap((line) => line.split(' ')[0] || [])
    .sort();
}
