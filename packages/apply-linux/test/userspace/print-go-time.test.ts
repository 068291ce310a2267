import { expect, test } from 'vitest';
import { printGoTime } from '../../src/userspace/print-go-time.ts';

test.for<[string, string]>([
  ['2026-11-20T07:23:26.123Z', '2026-11-20 07:23:26.123 +0000 UTC'],
  ['2026-11-20T07:23:26.120Z', '2026-11-20 07:23:26.12 +0000 UTC'],
  ['2026-11-20T07:20:00.000Z', '2026-11-20 07:20:00 +0000 UTC'],
])('%s is %s', ([time, printed]) => {
  expect(printGoTime(Date.parse(time))).toBe(printed);
});
