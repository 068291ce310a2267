import { expect, test } from 'vitest';
import { UsageError } from '../src/usage-error.ts';

test('a usage error can be told from a defect', () => {
  expect(new UsageError('no input')).toMatchObject({ name: 'UsageError', message: 'no input' });
  expect(new UsageError('no input')).toBeInstanceOf(Error);
});
