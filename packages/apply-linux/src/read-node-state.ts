import { parseIpAddr, type NodeState } from '@kube-rules/core';
import { hostname } from 'node:os';
import type { Machine } from './machine.ts';
import { readLive, sysctlPath, type Live } from './read-live.ts';
import { readVersions } from './read-versions.ts';

/**
 * What rules depend on and the Kubernetes API does not know, read from the node. A NodeState of a snapshot
 * wins over it, field by field.
 *
 * @param live What was read of the node already.
 */
export async function readNodeState(
  machine: Machine,
  live: Live | Promise<Live> = readLive(machine),
): Promise<NodeState> {
  const { backend, files, sysctls } = await live;
  const { interfaces } = parseIpAddr(files['ip-addr.json'] ?? '[]');
  const kernel = await machine.readFile(sysctlPath('kernel.osrelease'));
  const { stdout: help } = await machine.run(`iptables-${backend}`, ['-j', 'MASQUERADE', '--help']);
  const liberal = 'net.netfilter.nf_conntrack_tcp_be_liberal';
  return {
    nodeName: hostname().toLowerCase(),
    ...(kernel !== undefined && { kernel: kernel.trim() }),
    tools: await readVersions(machine),
    modules: await readModules(machine),
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
