import { expect, test } from 'vitest';
import { printListeners } from '../../../src/ruleset/listeners/print-listeners.ts';

test('no listener, no text', () => {
  expect(printListeners([])).toBe('');
});

test('what is absent is not printed, nor why the listener is there', () => {
  const origin = { reason: 'listener', servicePort: 'a/b' };
  const listener = {
    servicePort: 'a/b',
    protocol: 'udp' as const,
    address: '::',
    port: 10_000,
    endpoints: [],
    origin,
  };
  expect(printListeners([listener])).toBe(
    '{"servicePort":"a/b","protocol":"udp","address":"::","port":10000,"endpoints":[]}\n',
  );
});
