import { expect, test } from 'vitest';
import { InternalError, invariant } from '../../src/util/invariant.ts';

test('throws an InternalError only if the truth does not hold', () => {
  expect(() => invariant(true, 'never')).not.toThrow();
  expect(() => invariant(false, 'a chain has no name')).toThrow(
    new InternalError('a chain has no name'),
  );
  expect(new InternalError('x').name).toBe('InternalError');
});
