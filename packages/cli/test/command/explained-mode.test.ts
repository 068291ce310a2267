import { expect, test } from 'vitest';
import { requireExplainedMode } from '../../src/command/explained-mode.ts';
import { UsageError } from '../../src/usage-error.ts';

test('what differs between endpoints and clients is explained in every mode but userspace', () => {
  for (const mode of ['iptables', 'ipvs', 'nftables'] as const)
    expect(requireExplainedMode(mode)).toBe(mode);
  expect(() => requireExplainedMode('userspace')).toThrow(UsageError);
});
