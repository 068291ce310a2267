import { expect, test } from 'vitest';
import { createInbox } from '../../src/proxy/create-inbox.ts';

test('gives what came, once, and the end first', async () => {
  const { put, next } = createInbox();
  put('changed');
  put('changed');
  expect(await next(60_000)).toBe('changed');
  put('changed');
  put('end');
  expect([await next(60_000), await next(60_000)]).toEqual(['end', 'changed']);
});

test('wakes who waits', async () => {
  const { put, next } = createInbox();
  const waiting = next(60_000);
  put('changed');
  expect(await waiting).toBe('changed');
});

test('says when the time is over', async () => {
  const { next } = createInbox();
  expect([await next(1), await next(1)]).toEqual(['time', 'time']);
});
