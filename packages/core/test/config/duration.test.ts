import { expect, test } from 'vitest';
import { parseDuration } from '../../src/config/duration.ts';

test.for<[string, number]>([
  ['0', 0],
  ['+0', 0],
  ['0s', 0],
  ['30s', 30],
  ['1h30m', 5400],
  ['250ms', 0.25],
  ['-1.5h', -5400],
  ['+5s', 5],
  ['.5m', 30],
  ['1.m', 60],
  ['1h1h', 7200],
  ['1s500ms', 1.5],
  ['2562047h', 9_223_369_200],
])('%s is %d seconds', ([text, seconds]) => {
  expect(parseDuration(text)).toBeCloseTo(seconds, 9);
});

test('knows the small units, with both spellings of the micro sign', () => {
  for (const text of ['1us', '1µs', '1μs', '1000ns'])
    expect(parseDuration(text)).toBeCloseTo(1e-6, 15);
});

test.for([
  '',
  '1',
  '00',
  's',
  '.s',
  '-',
  '+',
  '1d',
  '1w',
  '1S',
  ' 1s',
  '1s ',
  '1s\n',
  '1 s',
  '1e3s',
  '--1s',
  '1,5s',
  '2562048h',
  '１s',
])('refuses %j', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
