import { expect, test } from 'vitest';
import { parseClient } from '../../src/input/parse-client.ts';

test.for([
  ['10.244.1.5', { kind: 'address', address: '10.244.1.5' }],
  ['[fd00::5]', { kind: 'address', address: 'fd00::5' }],
  ['node', { kind: 'node', address: 'node' }],
  ['external:198.51.100.9', { kind: 'external', address: '198.51.100.9' }],
] as const)('%s', ([text, client]) => {
  expect(parseClient(text)).toEqual(client);
});

test.for([
  ['Node', 'did you mean node?'],
  ['external', 'no address of a client outside'],
  ['10.244.1.5:80', 'did you mean 10.244.1.5?'],
  ['fe80::1%eth0', 'no address'],
  ['prod/web', 'kubectl get pod -o wide'],
] as const)('%s is refused', ([text, says]) => {
  expect(() => parseClient(text)).toThrow(says);
});
