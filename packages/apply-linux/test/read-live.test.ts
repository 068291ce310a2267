import { expect, test } from 'vitest';
import { readLive } from '../src/read-live.ts';
import { createScriptedMachine, fail, missing, say } from './support/scripted-machine.ts';

const services = '*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n';

test('the legacy tools are not asked where the kernel has no tables of theirs', async () => {
  const machine = createScriptedMachine();
  machine.files.set('/proc/net/ip_tables_names', '\n');
  const { files, backend } = await readLive(machine);
  expect(machine.calls.filter((call) => call.includes('legacy'))).toEqual([]);
  expect(backend).toBe('nft');
  expect(Object.keys(files)).toEqual([
    'ipv4.iptables-nft-save',
    'ipv6.iptables-nft-save',
    'ipset-save',
    'ipvsadm-save',
    'ip-addr.json',
  ]);
});

test('the back end is the one that holds the rules', async () => {
  const machine = createScriptedMachine();
  machine.files.set('/proc/net/ip_tables_names', 'nat\nfilter\n');
  machine.answer = (call) => (call === 'iptables-legacy-save' ? say(services) : undefined);
  const { files, backend } = await readLive(machine);
  expect(backend).toBe('legacy');
  expect(files['ipv4.iptables-legacy-save']).toBe(services);
  expect(files['ipv6.iptables-legacy-save']).toBeUndefined();
  machine.answer = (call) => (/^iptables-.*-save/.test(call) ? say(services) : undefined);
  expect((await readLive(machine)).backend).toBe('nft');
  machine.answer = (call) => (/nft-save/.test(call) ? missing : say(''));
  expect((await readLive(machine)).backend).toBe('legacy');
});

test('tools that are not there are left out', async () => {
  const machine = createScriptedMachine();
  machine.answer = () => missing;
  expect(await readLive(machine)).toEqual({
    files: {},
    backend: 'legacy',
    sysctls: {},
    fixedSysctls: [],
  });
});

test('ipvsadm is asked only where its module is loaded', async () => {
  const machine = createScriptedMachine();
  machine.files.delete('/proc/net/ip_vs');
  expect((await readLive(machine)).files['ipvsadm-save']).toBeUndefined();
  expect(machine.calls.filter((call) => call.startsWith('ipvsadm'))).toEqual([]);
});

test.for([
  ['iptables-nft-save', say('*nat\n:KUBE-SERVICES - [0:0]\n'), 'TOOL_FAILED'],
  ['ip6tables-nft-save', fail('Out of memory'), 'NO_MEMORY'],
  ['ipset save', fail('Kernel error received: Operation not permitted'), 'NOT_ROOT'],
  ['ipvsadm -S -n', fail('something'), 'TOOL_FAILED'],
  ['nft list tables', fail('something'), 'TOOL_FAILED'],
] as const)('%s that fails or ends too early is an error', async ([call, answer, code]) => {
  const machine = createScriptedMachine();
  machine.answer = (asked) => (asked === call ? answer : undefined);
  await expect(readLive(machine)).rejects.toMatchObject({ name: 'ApplyError', code });
});

test('tables of nft that are not kube-proxy’s are not listed', async () => {
  const machine = createScriptedMachine();
  machine.answer = (call) => {
    if (call === 'nft list tables')
      return say(
        'table ip nat\ntable ip kube-proxy\ntable inet kube-proxy\ntable ip6 kube-proxy-2\n',
      );
    return call === 'nft list table ip kube-proxy' ? say('table ip kube-proxy {\n}\n') : undefined;
  };
  expect((await readLive(machine)).files['nft-list']).toBe('table ip kube-proxy {\n}\n');
  expect(machine.calls.filter((call) => call.startsWith('nft list table '))).toEqual([
    'nft list table ip kube-proxy',
  ]);
});

test('flows of both families, where they can be listed, and are asked for', async () => {
  const machine = createScriptedMachine();
  machine.answer = (call) => {
    if (call === 'conntrack -L -p udp -f ipv4') return say('udp four\n');
    return call.startsWith('conntrack') ? fail('no module') : undefined;
  };
  expect((await readLive(machine, { flows: true })).files['conntrack']).toBe('udp four\n');
  const asked = machine.calls.length;
  expect((await readLive(machine)).files['conntrack']).toBeUndefined();
  expect(machine.calls.slice(asked).filter((call) => call.startsWith('conntrack'))).toEqual([]);
});

test('settings are read without their line ends; those that are not there are left out', async () => {
  const machine = createScriptedMachine();
  machine.files.set('/proc/sys/net/ipv4/ip_forward', '1\n');
  const { sysctls, fixedSysctls } = await readLive(machine);
  expect(sysctls).toEqual({ 'net.ipv4.ip_forward': '1' });
  expect(fixedSysctls).toEqual([]);
});

test('settings that cannot be written are named', async () => {
  const machine = createScriptedMachine();
  const hashSize = '/sys/module/nf_conntrack/parameters/hashsize';
  machine.files.set('/proc/sys/net/ipv4/ip_forward', '1\n').set(hashSize, '16384\n');
  machine.fixed.add('/proc/sys/net/ipv4/ip_forward');
  const { sysctls, fixedSysctls } = await readLive(machine);
  expect(sysctls).toEqual({ 'net.ipv4.ip_forward': '1', [hashSize]: '16384' });
  expect(fixedSysctls).toEqual(['net.ipv4.ip_forward']);
  machine.fixed.add(hashSize);
  expect((await readLive(machine)).fixedSysctls).toEqual(['net.ipv4.ip_forward', hashSize]);
});
