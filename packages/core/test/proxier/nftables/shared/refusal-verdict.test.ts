import { expect, test } from 'vitest';
import { refusalVerdict } from '../../../../src/proxier/nftables/shared/refusal-verdict.ts';

test('no endpoint anywhere is answered, none on this node is not', () => {
  expect(refusalVerdict('no endpoints')).toEqual({ kind: 'goto', chain: 'reject-chain' });
  expect(refusalVerdict('no local endpoints')).toEqual({ kind: 'drop' });
  expect(refusalVerdict(undefined)).toBeUndefined();
});
