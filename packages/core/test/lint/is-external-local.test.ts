import { expect, test } from 'vitest';
import { isExternalLocal } from '../../src/lint/is-external-local.ts';
import { resolvedOf } from '../support/model.ts';

test('policy Local, and an address that it is for', () => {
  const local = { externalPolicyLocal: true };
  const nodePort = 30_080;
  expect(isExternalLocal([resolvedOf({ ...local, nodePort }, [])])).toBe(true);
  expect(isExternalLocal([resolvedOf(local, [])])).toBe(false);
  expect(isExternalLocal([resolvedOf({ nodePort }, []), resolvedOf(local, [])])).toBe(false);
  expect(isExternalLocal([])).toBe(false);
});
