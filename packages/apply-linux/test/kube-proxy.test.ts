import { expect, test } from 'vitest';
import { describeKubeProxy } from '../src/kube-proxy.ts';
import { createScriptedMachine } from './support/scripted-machine.ts';

const canary = {
  'ipv4.iptables-nft-save': '*mangle\n:KUBE-PROXY-CANARY - [0:0]\nCOMMIT\n',
};
const heading =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n';
const socket = (port: string, state = '0A', remote = '0000') =>
  `${heading}   0: 00000000:${port} 00000000:${remote} ${state} 00000000:00000000 00:00000000 00000000 0\n`;

test('by its process', async () => {
  const machine = createScriptedMachine({ kubeProxies: [42, 43] });
  expect(await describeKubeProxy(machine, {})).toBe('process 42, 43');
});

test.for([
  ['/proc/net/tcp', '2810', 10_256],
  ['/proc/net/tcp6', '2810', 10_256],
  ['/proc/net/tcp', '2809', 10_249],
] as const)('by its canary and a socket in %s that listens on %s', async ([path, port, said]) => {
  const machine = createScriptedMachine();
  const address = path.endsWith('6') ? '00000000000000000000000000000000' : '00000000';
  machine.files.set(path, socket(port).replaceAll(' 00000000:', ` ${address}:`));
  expect(await describeKubeProxy(machine, canary)).toBe(
    `its canary chain is there, and port ${said} is listened on`,
  );
});

test('not by its canary alone, which stays when it ends, nor by a port alone', async () => {
  const machine = createScriptedMachine();
  expect(await describeKubeProxy(machine, canary)).toBeUndefined();
  machine.files.set('/proc/net/tcp', socket('1F90'));
  expect(await describeKubeProxy(machine, canary)).toBeUndefined();
  machine.files.set('/proc/net/tcp', socket('2810', '01', '1F90'));
  expect(await describeKubeProxy(machine, canary)).toBeUndefined();
  machine.files.set('/proc/net/tcp', socket('2810'));
  expect(await describeKubeProxy(machine, {})).toBeUndefined();
  const kubelet = { 'ipv4.iptables-nft-save': '*mangle\n:KUBE-KUBELET-CANARY - [0:0]\nCOMMIT\n' };
  expect(await describeKubeProxy(machine, kubelet)).toBeUndefined();
});
