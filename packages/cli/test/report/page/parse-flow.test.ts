import { expect, test } from 'vitest';
import { parseFlow } from '../../../src/report/page/parse-flow.ts';

test.for([
  [' 10.244.1.5 ', '10.96.0.10:53/udp', '10.244.1.5', '10.96.0.10', 53, 'udp'],
  ['node', '10.96.0.10:80', 'node', '10.96.0.10', 80, 'tcp'],
  ['external:198.51.100.7', '[fd00::10]:80/SCTP', '198.51.100.7', 'fd00::10', 80, 'sctp'],
] as const)('%s to %s', ([from, to, source, destination, destinationPort, protocol]) => {
  expect(parseFlow({ from, to })).toEqual({ source, destination, destinationPort, protocol });
});

test.for([
  ['', '10.96.0.10:80', 'Who sends it?'],
  ['external:', '10.96.0.10:80', 'Who sends it?'],
  ['node', '', 'Where to?'],
  ['node', '10.96.0.10', 'Where to?'],
  ['node', '10.96.0.10:80000', 'Where to?'],
  ['node', 'fd00::10:80', 'Where to?'],
  ['node', '10.96.0.10:80/icmp', 'Where to?'],
])('%s to %s is no packet', ([from = '', to = '', says = '']) => {
  expect(() => parseFlow({ from, to })).toThrow(says);
});
