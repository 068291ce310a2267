import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FastHash } from '../../src/util/fast-hash.ts';

function hashOf(texts: readonly string[]): string {
  const hash = new FastHash();
  for (const text of texts) hash.add(text);
  return hash
    .halves()
    .map((half) => half.toString(16).padStart(8, '0'))
    .join('');
}

test('16 hexadecimal digits, and always the same', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (texts) => {
      expect(hashOf(texts)).toMatch(/^[\da-f]{16}$/);
      expect(hashOf(texts)).toBe(hashOf([...texts]));
    }),
  );
});

test.for([
  [
    ['ab', 'c'],
    ['a', 'bc'],
  ],
  [['a', ''], ['a']],
  [
    ['', 'a'],
    ['a', ''],
  ],
  [
    ['a', 'b'],
    ['b', 'a'],
  ],
  [[], ['']],
  [['\u0000'], ['']],
] as const)('%j and %j are told apart', ([some, others]) => {
  expect(hashOf(some)).not.toBe(hashOf(others));
});

test('100,000 rules that differ in a digit have 100,000 hashes', () => {
  const hashes = new Set<string>();
  for (let index = 0; index < 100_000; index++)
    hashes.add(hashOf([`-A KUBE-SERVICES -d 10.96.${index >> 8}.${index & 255}/32 -j ACCEPT`]));
  expect(hashes.size).toBe(100_000);
});

test('the bits of one letter reach both halves', () => {
  const some = hashOf(['-A KUBE-SERVICES -j A']);
  const other = hashOf(['-A KUBE-SERVICES -j B']);
  expect(some.slice(0, 8)).not.toBe(other.slice(0, 8));
  expect(some.slice(8)).not.toBe(other.slice(8));
});
