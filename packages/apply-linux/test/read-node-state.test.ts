import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { readLive } from '../src/read-live.ts';
import { readNodeFacts, readNodeState } from '../src/read-node-state.ts';
import { createScriptedMachine, fail, say } from './support/scripted-machine.ts';

test('the state of a node: addresses without kube-ipvs0, sysctls, kernel, tools, modules', async () => {
  const machine = createScriptedMachine();
  machine.node.run({ kind: 'addLink', name: 'eth0' });
  machine.node.run({ kind: 'addAddresses', link: 'eth0', addresses: ['192.0.2.1', 'fd00::1'] });
  machine.node.run({ kind: 'addLink', name: 'kube-ipvs0' });
  machine.node.run({ kind: 'addAddresses', link: 'kube-ipvs0', addresses: ['10.96.0.1'] });
  machine.files.set('/proc/sys/net/netfilter/nf_conntrack_tcp_be_liberal', '1\n');
  machine.files.set('/proc/modules', 'xt_comment 16384 1 - Live 0x0\nip_vs 200704 0 - Live 0x0\n');
  machine.answer = (call) =>
    call === 'iptables-legacy -j MASQUERADE --help' || call === 'iptables-nft -j MASQUERADE --help'
      ? say('  --random-fully  Fully randomize\n')
      : undefined;
  expect(await readNodeState(machine)).toEqual({
    nodeName: hostname().toLowerCase(),
    kernel: '6.1.0-18-amd64',
    tools: {
      iptables: 'iptables v1.8.9',
      nft: 'nftables v1.0.6 (Lester Gooch #5)',
      ipset: 'ipset v7.17, protocol version: 7',
      ipvsadm: 'ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)',
      conntrack: 'conntrack v1.4.7 (conntrack-tools)',
    },
    modules: ['ip_vs', 'xt_comment'],
    interfaces: [
      { name: 'lo', addresses: [] },
      { name: 'eth0', addresses: ['192.0.2.1/32', 'fd00::1/128'] },
    ],
    sysctls: { 'net.netfilter.nf_conntrack_tcp_be_liberal': 1 },
    iptables: { backend: 'nft', randomFully: true, nfacct: false },
  });
});

test('what iptables knows is asked of the back end that the node has; silence says nothing', async () => {
  const machine = createScriptedMachine();
  machine.node.run({
    kind: 'iptables',
    family: 'IPv4',
    backend: 'legacy',
    input: '*nat\n:KUBE-SERVICES - [0:0]\n-A PREROUTING -j KUBE-SERVICES\nCOMMIT\n',
  });
  machine.answer = (call) =>
    call === 'iptables-legacy -j MASQUERADE --help' ? say('  --to-ports PORT\n') : undefined;
  expect((await readNodeState(machine)).iptables).toEqual({
    backend: 'legacy',
    randomFully: false,
    nfacct: false,
  });
  machine.answer = (call) => (call.startsWith('iptables-legacy -j') ? fail('no') : undefined);
  expect((await readNodeState(machine)).iptables).toEqual({ backend: 'legacy', nfacct: false });
});

test('kube-proxy’s counters are there where its rules have them', async () => {
  const machine = createScriptedMachine();
  machine.answer = (call) =>
    call === 'iptables-nft-save'
      ? say(
          '*filter\n:KUBE-FORWARD - [0:0]\n-A KUBE-FORWARD -m nfacct --nfacct-name ct -j DROP\nCOMMIT\n',
        )
      : undefined;
  expect((await readNodeState(machine)).iptables?.nfacct).toBe(true);
});

test('what a plan waits for is read with one call, and asks no tool for its version', async () => {
  const machine = createScriptedMachine();
  const live = await readLive(machine);
  const before = machine.calls.length;
  const facts = await readNodeFacts(machine, live);
  expect(machine.calls.slice(before)).toEqual(['iptables-nft -j MASQUERADE --help']);
  expect(await readNodeState(machine, live)).toMatchObject(facts);
});
