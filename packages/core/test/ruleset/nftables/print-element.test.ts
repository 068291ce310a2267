import { expect, test } from 'vitest';
import { printElement, printElementKey } from '../../../src/ruleset/nftables/print-element.ts';

const origin = { reason: 'a test' };
const key = ['10.0.0.1', 'tcp', '80'];

test('an element is its key, its comment, its verdict', () => {
  const verdict = { kind: 'drop' } as const;
  expect(printElement({ key, origin })).toBe('10.0.0.1 . tcp . 80');
  expect(printElement({ key, comment: 'c', origin })).toBe('10.0.0.1 . tcp . 80 comment "c"');
  expect(printElement({ key, verdict, origin })).toBe('10.0.0.1 . tcp . 80 : drop');
  expect(printElement({ key, comment: 'c', verdict, origin })).toBe(
    '10.0.0.1 . tcp . 80 comment "c" : drop',
  );
});

test('or its destination', () => {
  const slot = ['10.0.0.1', '80', '0'];
  expect(printElement({ key: slot, destination: { ip: '10.180.0.1', port: 8080 }, origin })).toBe(
    '10.0.0.1 . 80 . 0 : 10.180.0.1 . 8080',
  );
  expect(
    printElement({ key: ['80', '0'], destination: { ip: 'fd00::1', port: 65_535 }, origin }),
  ).toBe('80 . 0 : fd00::1 . 65535');
});

test('its key stands alone where it is deleted', () => {
  const verdict = { kind: 'drop' } as const;
  expect(printElementKey({ key, comment: 'c', verdict, origin })).toBe('10.0.0.1 . tcp . 80');
});

test.for(['', '1 . 2', '1 : drop', '1 }', '1\n', '1 , 2', '1 comment "x"', 'é'])(
  'a part that is not one word is refused: %j',
  (part) => {
    const error = new TypeError(`${JSON.stringify(part)} is no word that nft reads as it is`);
    expect(() => printElement({ key: ['10.0.0.1', part], origin })).toThrow(error);
    expect(() => printElementKey({ key: [part], origin })).toThrow(error);
    const destination = { ip: part, port: 80 };
    expect(() => printElement({ key: ['80'], destination, origin })).toThrow(error);
  },
);
