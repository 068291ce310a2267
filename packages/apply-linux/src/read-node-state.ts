import { parseIpAddr, type NodeState } from '@kube-rules/core';
import { hostname } from 'node:os';
import type { Machine } from './machine.ts';
import { sysctlPath } from './read-live.ts';

/** What rules depend on and the Kubernetes API does not know, read from the node. A NodeState of a snapshot wins over it. */
export async function readNodeState(machine: Machine): Promise<NodeState> {
  const { stdout } = await machine.run('ip', ['-json', 'address']);
  const { interfaces } = parseIpAddr(stdout);
  const liberal = await machine.readFile(sysctlPath('net.netfilter.nf_conntrack_tcp_be_liberal'));
  const { stdout: help } = await machine.run('iptables', ['-j', 'MASQUERADE', '--help']);
  return {
    nodeName: hostname().toLowerCase(),
    interfaces: interfaces
      .filter(({ name }) => name !== 'kube-ipvs0')
      .map(({ name, addresses }) => ({
        name,
        addresses: addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
      })),
    sysctls: {
      'net.netfilter.nf_conntrack_tcp_be_liberal': Number((liberal ?? '0').trim()),
    },
    iptables: { randomFully: help.includes('--random-fully'), nfacct: false },
  };
}
