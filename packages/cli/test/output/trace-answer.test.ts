import type { TracedOutcome, TracedStep } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/output/palette.ts';
import { printAnswer } from '../../src/output/trace-answer.ts';

function answer(...outcomes: readonly TracedOutcome[]): string {
  return printAnswer(
    outcomes,
    (text) => (text.startsWith('10.244.1.') ? 'node-a' : undefined),
    plainPalette,
  );
}

const delivered: TracedOutcome = {
  probability: 1,
  verdict: 'delivered',
  destination: '10.244.1.5:8080',
  source: '10.244.3.3',
  masqueraded: false,
  to: 'network',
  path: [],
};
const refused: TracedOutcome = { ...delivered, destination: '10.96.0.10:80', source: null };

const drop: TracedStep = {
  kind: 'rule',
  tool: 'iptables',
  hook: 'forward',
  table: 'filter',
  chain: 'cali-FORWARD',
  number: 3,
  text: '-A cali-FORWARD -j DROP',
  file: 'dump/ipv4.iptables-save',
  line: 12,
};

test('one endpoint, with its node', () => {
  expect(answer(delivered)).toBe('always to 10.244.1.5:8080 [node-a], source kept');
});

test('endpoints that get alike are said at once, the likeliest first', () => {
  const half = { ...delivered, probability: 0.25 };
  expect(
    answer(
      half,
      { ...half, destination: '10.244.2.6:8080' },
      {
        ...delivered,
        probability: 0.5,
        destination: '10.244.2.9:8080',
        masqueraded: true,
        source: null,
      },
    ),
  ).toBe(
    '1 in 2 to 10.244.2.9:8080, source becomes an address of the node that is not known; ' +
      '1 in 4 each to 10.244.1.5:8080 [node-a] and 10.244.2.6:8080, source kept',
  );
});

test('of many endpoints the first are named', () => {
  const many = Array.from({ length: 10 }, (_, index) => ({
    ...delivered,
    probability: 0.1,
    destination: `10.244.2.${index}:80`,
  }));
  expect(answer(...many)).toBe(
    '1 in 10 each to 10.244.2.0:80, 10.244.2.1:80, 10.244.2.2:80, 10.244.2.3:80, 10.244.2.4:80, 10.244.2.5:80 and 4 more, source kept',
  );
});

test.for<[string, Partial<TracedOutcome>]>([
  [
    'always to a process of the node itself at 10.96.0.10:80, not by a Service, source kept',
    { verdict: 'accepted', to: 'node' },
  ],
  [
    'always sent on to 10.96.0.10:80 as it is, not by a Service, source kept',
    { verdict: 'accepted' },
  ],
  [
    'always dropped: filter cali-FORWARD rule 3, dump/ipv4.iptables-save:12: -A cali-FORWARD -j DROP',
    { verdict: 'dropped', path: [drop] },
  ],
  [
    'always dropped: policy DROP of filter FORWARD',
    {
      verdict: 'dropped',
      path: [
        {
          kind: 'policy',
          tool: 'iptables',
          hook: 'forward',
          table: 'filter',
          chain: 'FORWARD',
          policy: 'DROP',
        },
      ],
    },
  ],
  [
    'always rejected with icmp-port-unreachable: prod/web: no endpoint that may take it',
    {
      verdict: 'rejected',
      with: 'icmp-port-unreachable',
      path: [
        {
          ...drop,
          servicePort: 'prod/web',
          elements: [{ container: 'no-endpoint-services', text: '' }],
        },
        { ...drop, chain: 'reject-chain' },
      ],
    },
  ],
  ['always not known: -m strange', { verdict: 'unknown', reason: '-m strange' }],
  [
    "always not known: the node's own address in this family (name a snapshot, or have ip -json addr among the dumps)",
    { verdict: 'unknown', reason: "the node's own address in this family" },
  ],
])('%s', ([text, fields]) => {
  expect(answer({ ...refused, ...fields })).toBe(text);
});

test('text of a dump cannot act on a terminal', () => {
  expect(answer({ ...refused, verdict: 'unknown', reason: '\u001b[2J' })).toBe(
    String.raw`always not known: \u001b[2J`,
  );
});
