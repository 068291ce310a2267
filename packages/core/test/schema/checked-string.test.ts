import { expect, test } from 'vitest';
import { checkedString } from '../../src/schema/checked-string.ts';

const even = checkedString((value) =>
  value.length % 2 === 0 ? undefined : { code: 'VALUE_INVALID', message: 'odd', levels: 3 },
);

test('takes a string without a problem, and carries the problem of another', () => {
  expect(even.safeParse('ab')).toMatchObject({ success: true, data: 'ab' });
  expect(even.safeParse('abc').error?.issues).toMatchObject([
    { code: 'custom', params: { code: 'VALUE_INVALID', message: 'odd', levels: 3 } },
  ]);
  expect(even.safeParse(12).error?.issues).toMatchObject([{ code: 'invalid_type' }]);
});
