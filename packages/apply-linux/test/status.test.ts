import { parseSnapshot, planNode } from '@kube-rules/core';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { readNodeState } from '../src/read-node-state.ts';
import { readStatus } from '../src/status.ts';
import { createScriptedMachine, fail, missing, say } from './support/scripted-machine.ts';

const { snapshot } = parseSnapshot(readFixture('dns-udp-tcp').snapshot);

test('an empty node has no mode', async () => {
  const machine = createScriptedMachine({ kubeProxies: [7] });
  machine.answer = (call) => (call.includes('--version') ? missing : undefined);
  const { mode, counts, tools, kubeProxy, audit } = await readStatus(machine);
  expect({ mode, tools, kubeProxy, audit }).toEqual({
    mode: undefined,
    tools: {},
    kubeProxy: [7],
    audit: undefined,
  });
  expect(new Set(Object.values(counts))).toEqual(new Set([0]));
});

test.for(['iptables', 'ipvs', 'userspace', 'nftables'] as const)(
  'a node in mode %s is whole',
  async (mode) => {
    const machine = createScriptedMachine();
    const { operations } = planNode(snapshot, mode, { files: machine.node.dump() });
    for (const operation of operations) machine.node.run(operation);
    machine.answer = (call) =>
      call === 'nft --version' ? say('nftables v1.1\nmore\n') : undefined;
    const status = await readStatus(machine, { snapshot, mode: 'iptables' });
    expect(status.mode).toBe(mode);
    expect(status.audit?.isWhole).toBe(true);
    expect(status.tools['nft']).toBe('nftables v1.1');
    const counted = Object.entries(status.counts).filter(([, count]) => count > 0);
    expect(counted.map(([name]) => name)).toEqual(
      {
        iptables: ['rules IPv4', 'rules IPv6'],
        userspace: ['rules IPv4', 'rules IPv6'],
        ipvs: ['rules IPv4', 'rules IPv6', 'set entries', 'virtual servers'],
        nftables: ['nft rules', 'nft elements'],
      }[mode],
    );
  },
);

test('the state of a node: addresses without kube-ipvs0, sysctls, what iptables can', async () => {
  const machine = createScriptedMachine();
  machine.node.run({ kind: 'addLink', name: 'eth0' });
  machine.node.run({ kind: 'addAddresses', link: 'eth0', addresses: ['192.0.2.1', 'fd00::1'] });
  machine.node.run({ kind: 'addLink', name: 'kube-ipvs0' });
  machine.node.run({ kind: 'addAddresses', link: 'kube-ipvs0', addresses: ['10.96.0.1'] });
  machine.files.set('/proc/sys/net/netfilter/nf_conntrack_tcp_be_liberal', '1\n');
  machine.answer = (call) =>
    call.startsWith('iptables -j') ? say('  --random-fully  Fully randomize\n') : undefined;
  const state = await readNodeState(machine);
  expect(state).toMatchObject({
    interfaces: [
      { name: 'lo', addresses: [] },
      { name: 'eth0', addresses: ['192.0.2.1/32', 'fd00::1/128'] },
    ],
    sysctls: { 'net.netfilter.nf_conntrack_tcp_be_liberal': 1 },
    iptables: { randomFully: true, nfacct: false },
  });
  machine.answer = (call) => (call.startsWith('iptables') ? fail('no') : undefined);
  expect((await readNodeState(machine)).iptables?.randomFully).toBe(false);
});
