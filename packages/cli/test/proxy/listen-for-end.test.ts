import { expect, test } from 'vitest';
import { listenForEnd } from '../../src/proxy/listen-for-end.ts';

test('the first signal, the second, and then it is left to the system', () => {
  const former = process.listenerCount('SIGTERM');
  const heard: string[] = [];
  const stop = listenForEnd({
    onFirst: () => heard.push('first'),
    onSecond: () => heard.push('second'),
  });
  process.emit('SIGHUP', 'SIGHUP');
  expect(heard).toEqual(['first']);
  process.emit('SIGINT', 'SIGINT');
  expect(heard).toEqual(['first', 'second']);
  expect(process.listenerCount('SIGTERM')).toBe(former);
  stop();
});

test('stops listening', () => {
  const former = process.listenerCount('SIGINT');
  const stop = listenForEnd({ onFirst: () => {}, onSecond: () => {} });
  expect(process.listenerCount('SIGINT')).toBe(former + 1);
  stop();
  expect(process.listenerCount('SIGINT')).toBe(former);
});
