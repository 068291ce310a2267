import { expect, test } from 'vitest';
import { findMissingExtension } from '../src/find-missing-extension.ts';
import { createScriptedMachine, fail, missing } from './support/scripted-machine.ts';

const input = `*nat
:KUBE-SERVICES - [0:0]
-A KUBE-SERVICES -m comment --comment "ns1/svc1 -m recent" -m addrtype --dst-type LOCAL -j MARK --set-xmark 0x4000/0x4000
-A KUBE-SERVICES -m statistic --mode random --probability 0.5 -j KUBE-SEP-AAAAAAAAAAAAAAAA
COMMIT
`;

test.for([
  ['-m addrtype', 'xt_addrtype', '*nat\n-A PREROUTING -m addrtype --dst-type LOCAL\nCOMMIT\n'],
  [
    '-m statistic',
    'xt_statistic',
    '*nat\n-A PREROUTING -m statistic --mode random --probability 0.5\nCOMMIT\n',
  ],
  ['-j MARK', 'xt_mark', '*nat\n-A PREROUTING -j MARK --set-xmark 0x1/0x1\nCOMMIT\n'],
] as const)('a kernel without %s is told by one rule of it', async ([name, module, document]) => {
  const machine = createScriptedMachine();
  machine.answer = (call) =>
    call === 'unshare --net sh' && machine.inputs.at(-1)?.includes(` ${name} `)
      ? fail('iptables-restore: line 2 failed')
      : undefined;
  expect(await findMissingExtension(machine, 'iptables-legacy-restore', input)).toMatchObject({
    name,
    module,
  });
  expect(machine.inputs.at(-1)).toBe(
    `iptables-legacy-restore --noflush <<'KUBE-RULES-END'\n${document}KUBE-RULES-END\n`,
  );
});

test('a kernel that has all, and one that is not asked about what is not in the input', async () => {
  const machine = createScriptedMachine();
  expect(await findMissingExtension(machine, 'iptables-nft-restore', input)).toBeUndefined();
  const asked = machine.inputs.map((script) => / (-[mj] \w+)/.exec(script)?.[1]);
  expect(asked).not.toContain('-m physdev');
  expect(asked).toContain('-m statistic');
});

test('REJECT and MASQUERADE are tried where they may stand', async () => {
  const machine = createScriptedMachine();
  const both =
    '*filter\n-A KUBE-SERVICES -j REJECT\nCOMMIT\n*nat\n-A KUBE-POSTROUTING -j MASQUERADE\nCOMMIT\n';
  await findMissingExtension(machine, 'ip6tables-nft-restore', both);
  const documents = machine.inputs.map((script) => script.split('\n').slice(1, 3).join('; '));
  expect(documents).toEqual(['*nat; -A POSTROUTING -j MASQUERADE', '*filter; -A INPUT -j REJECT']);
});

test.for([missing, fail('unshare: unshare failed: Operation not permitted')])(
  'where there is no namespace of its own, nothing is said',
  async (refusal) => {
    const machine = createScriptedMachine();
    machine.answer = () => refusal;
    expect(await findMissingExtension(machine, 'iptables-nft-restore', input)).toBeUndefined();
    expect(machine.calls).toHaveLength(1);
  },
);
