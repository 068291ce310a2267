import { expect, test } from 'vitest';
import { graphOfTrace, type Packet, type TracedOutcome, type TracedStep } from '../src/index.ts';

const packet: Packet = {
  source: '10.244.1.9',
  destination: '10.96.0.10',
  protocol: 'tcp',
  destinationPort: 80,
};

function rule(chain: string, number: number, servicePort?: string): TracedStep {
  return {
    kind: 'rule',
    tool: 'iptables',
    hook: 'prerouting',
    table: 'nat',
    chain,
    number,
    text: `-A ${chain}`,
    ...(servicePort !== undefined && { servicePort }),
  };
}

function outcome(destination: string, path: readonly TracedStep[]): TracedOutcome {
  return {
    probability: 0.5,
    verdict: 'delivered',
    destination,
    source: '10.244.1.9',
    masqueraded: false,
    path,
  };
}

test('paths are one until they part, and the shares stand where they do', () => {
  const shared = rule('KUBE-SERVICES', 3, 'prod/web');
  const { nodes, edges } = graphOfTrace(
    [
      outcome('10.244.1.5:8080', [
        shared,
        rule('KUBE-SVC-A', 1, 'prod/web'),
        rule('KUBE-SEP-B', 1, 'prod/web'),
        { kind: 'route', to: 'network' },
      ]),
      {
        ...outcome('10.244.2.6:8080', [
          shared,
          rule('KUBE-SVC-A', 2, 'prod/web'),
          rule('KUBE-SEP-C', 1, 'prod/web'),
        ]),
        masqueraded: true,
        source: null,
      },
    ],
    packet,
  );
  expect(nodes.map(({ kind, lines }) => [kind, ...lines])).toEqual([
    ['client', '10.244.1.9'],
    ['chain', 'KUBE-SERVICES', 'nat, prerouting', 'prod/web'],
    ['chain', 'KUBE-SVC-A', 'nat, prerouting', 'prod/web'],
    ['chain', 'KUBE-SEP-B', 'nat, prerouting', 'prod/web'],
    ['endpoint', '10.244.1.5:8080', 'delivered, source kept'],
    ['chain', 'KUBE-SEP-C', 'nat, prerouting', 'prod/web'],
    ['endpoint', '10.244.2.6:8080', 'delivered, source not known'],
  ]);
  expect(edges.map(({ label }) => label)).toEqual([
    undefined,
    undefined,
    '1 in 2',
    undefined,
    '1 in 2',
    undefined,
  ]);
});

test('policies, virtual servers and refusals have their words', () => {
  const base = { ...outcome('10.96.0.10:80', []), probability: 1, source: null };
  const { nodes } = graphOfTrace(
    [
      {
        ...base,
        verdict: 'rejected',
        with: 'icmp-port-unreachable',
        path: [
          {
            kind: 'virtualServer',
            hook: 'input',
            service: 'tcp 10.96.0.10:80',
            scheduler: 'rr',
            probability: 1,
            servicePort: 'prod/web',
          },
        ],
      },
      {
        ...base,
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
    packet,
  );
  expect(nodes.map(({ kind, lines }) => [kind, ...lines])).toEqual([
    ['client', '10.244.1.9'],
    ['chain', 'virtual server tcp 10.96.0.10:80', 'rr, input', 'prod/web'],
    ['refusal', 'rejected: icmp-port-unreachable', '10.96.0.10:80'],
    ['chain', 'FORWARD, policy DROP', 'filter, forward'],
    ['refusal', 'dropped', '10.96.0.10:80'],
  ]);
});
