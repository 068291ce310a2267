import { planCleanup } from '@kube-rules/core';
import { expect, test } from 'vitest';
import type { CommandIO } from '../../src/io.ts';
import { warnOfFixedSysctls } from '../../src/output/warn-of-fixed-sysctls.ts';

test('a line for each setting that cannot be written, and none for none', () => {
  const written: string[] = [];
  const io: CommandIO = {
    writeOut: () => {},
    writeError: (text) => void written.push(text),
    readInput: async () => undefined,
    outIsTerminal: false,
    errorIsTerminal: false,
    env: {},
  };
  const plan = planCleanup('node-a', {});
  warnOfFixedSysctls(plan, io);
  expect(written).toEqual([]);
  const name = 'net.netfilter.nf_conntrack_max';
  const fixedSysctls = [{ kind: 'sysctl', name, value: '131072', former: '65536' }] as const;
  warnOfFixedSysctls({ ...plan, fixedSysctls }, io);
  expect(written).toEqual([
    `warning: ${name} stays 65536, and should be 131072: it is read-only here\n`,
  ]);
});
