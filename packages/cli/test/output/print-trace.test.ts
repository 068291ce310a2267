import type { Packet, TracedOutcome, TracedStep } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/output/palette.ts';
import { printTrace } from '../../src/output/print-trace.ts';

const packet: Packet = {
  source: 'fd00::9',
  destination: 'fd00::a',
  protocol: 'tcp',
  destinationPort: 80,
};
const route: TracedStep = { kind: 'route', to: 'network', interface: 'eth0' };

function outcome(probability: number, destination: string): TracedOutcome {
  return {
    probability,
    verdict: 'delivered',
    destination,
    source: 'fd00::9',
    masqueraded: false,
    path: [
      route,
      {
        kind: 'virtualServer',
        hook: 'input',
        service: 'tcp [fd00::a]:80',
        scheduler: 'rr',
        realServer: destination,
        probability,
      },
    ],
  };
}

function print(outcomes: readonly TracedOutcome[]): string {
  const rules = 'on node-a, ipvs mode';
  return printTrace(
    { outcomes, packet, rules, nodeOf: () => undefined, missed: undefined },
    plainPalette,
  );
}

test('one outcome has one path', () => {
  expect(print([outcome(1, '[fd00::5]:80')])).toBe(`always to [fd00::5]:80, source kept

tcp from fd00::9 to [fd00::a]:80, on node-a, ipvs mode
  routed on by eth0
  IPVS (rr) chooses [fd00::5]:80
`);
});

test('several part where their paths do, and of many the first are shown', () => {
  const five = ['1', '2', '3', '4', '5'].map((name) => outcome(0.2, `[fd00::${name}]:80`));
  expect(print(five).split('\n').slice(2)).toEqual([
    'tcp from fd00::9 to [fd00::a]:80, on node-a, ipvs mode',
    '  routed on by eth0',
    '',
    '1 in 5: delivered to [fd00::1]:80',
    '  IPVS (rr) chooses [fd00::1]:80, 1 in 5',
    '',
    '1 in 5: delivered to [fd00::2]:80',
    '  IPVS (rr) chooses [fd00::2]:80, 1 in 5',
    '',
    '1 in 5: delivered to [fd00::3]:80',
    '  IPVS (rr) chooses [fd00::3]:80, 1 in 5',
    '',
    '... and 2 more (--json lists all)',
    '',
  ]);
});
