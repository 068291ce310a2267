import { parseSnapshot, planNode } from '@kube-rules/core';
import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { readStatus } from '../src/status.ts';
import { createScriptedMachine, missing, say } from './support/scripted-machine.ts';

const { snapshot } = parseSnapshot(readFixture('dns-udp-tcp').snapshot);

test('an empty node has no mode', async () => {
  const machine = createScriptedMachine({ kubeProxies: [7] });
  machine.answer = (call) => (call.includes('--version') ? missing : undefined);
  const { mode, counts, tools, kubeProxy, audit } = await readStatus(machine);
  expect({ mode, tools, kubeProxy, audit }).toEqual({
    mode: undefined,
    tools: {},
    kubeProxy: 'process 7',
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
    const status = await readStatus(machine, { expected: { snapshot, mode: 'iptables' } });
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

test('what was otherwise applied last: the sections that changed since', async () => {
  const machine = createScriptedMachine();
  const last = planNode(snapshot, 'iptables', { files: machine.node.dump() });
  for (const operation of last.operations) machine.node.run(operation);
  expect((await readStatus(machine, { last })).changedSince).toEqual([]);
  expect((await readStatus(machine)).changedSince).toBeUndefined();
  const input = '*filter\n-A KUBE-FORWARD -j ACCEPT\nCOMMIT\n';
  machine.node.run({ kind: 'iptables', family: 'IPv6', input });
  expect((await readStatus(machine, { last })).changedSince).toEqual(['iptables IPv6 filter']);
});

test('rules in the other back end are counted, and are a change', async () => {
  const machine = createScriptedMachine();
  const last = planNode(snapshot, 'iptables', { files: machine.node.dump() });
  for (const operation of last.operations) machine.node.run(operation);
  const { counts } = await readStatus(machine);
  const input = '*nat\n:KUBE-SERVICES - [0:0]\n-A PREROUTING -j KUBE-SERVICES\nCOMMIT\n';
  machine.node.run({ kind: 'iptables', family: 'IPv4', input, backend: 'legacy' });
  const status = await readStatus(machine, { last });
  expect(status.backend).toBe('nft');
  expect(status.counts['rules IPv4']).toBe((counts['rules IPv4'] ?? 0) + 1);
  expect(status.changedSince).toEqual(['iptables IPv4 nat, the other back end']);
});
