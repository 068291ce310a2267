import { expect, test } from 'vitest';
import { defaultRelease, releases } from '../../src/service/release.ts';

test('the newest release is the default', () => {
  expect(releases).toEqual(['1.30', '1.36']);
  expect(defaultRelease).toBe(releases.at(-1));
});
