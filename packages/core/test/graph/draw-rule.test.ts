import { expect, test } from 'vitest';
import { collectGraph } from '../../src/graph/collect-graph.ts';
import { drawRule, type Drawing } from '../../src/graph/draw-rule.ts';

function drawing(): Drawing {
  return {
    collector: collectGraph(),
    isWanted: (name) => name === 'prod/web',
    nodeOf: new Map([['10.244.1.5:8080', 'node-a']]),
  };
}

test('a rule by an address leads from its Service by the address', () => {
  const one = drawing();
  drawRule(
    { text: '', origin: { reason: 'cluster IP', servicePort: 'prod/web' } },
    {
      family: 'IPv4',
      chain: 'KUBE-SERVICES',
      entrance: '10.96.0.10:80 tcp',
      target: { chains: ['KUBE-SVC-A'], endpoints: [] },
    },
    one,
  );
  const { nodes, edges } = one.collector.graph();
  expect(nodes.map(({ kind, lines }) => [kind, ...lines])).toEqual([
    ['service', 'prod/web'],
    ['address', 'cluster IP', '10.96.0.10:80 tcp'],
    ['chain', 'KUBE-SVC-A', 'prod/web'],
  ]);
  expect(edges).toHaveLength(2);
});

test("a rule of a Service's own chain leads from the chain, with its reason and sources", () => {
  const one = drawing();
  drawRule(
    {
      text: '-A KUBE-FW-A -s 198.51.100.0/24 -j KUBE-SEP-B',
      origin: { reason: 'load balancer source ranges', servicePort: 'prod/web' },
    },
    {
      family: 'IPv4',
      chain: 'KUBE-FW-A',
      entrance: undefined,
      target: { chains: [], endpoints: ['10.244.1.5:8080'], refusal: 'dropped' },
    },
    one,
  );
  const { nodes, edges } = one.collector.graph();
  expect(nodes.map(({ kind, lines }) => [kind, ...lines])).toEqual([
    ['chain', 'KUBE-FW-A', 'prod/web'],
    ['endpoint', '10.244.1.5:8080', '[node-a]'],
    ['refusal', 'dropped'],
  ]);
  expect(new Set(edges.map(({ label }) => label))).toEqual(
    new Set(['load balancer source ranges from 198.51.100.0/24']),
  );
});

test.for([
  { reason: 'every node', chains: ['KUBE-SVC-A'] },
  { reason: 'cluster IP', servicePort: 'prod/other', chains: ['KUBE-SVC-A'] },
  { reason: 'masquerade', servicePort: 'prod/web', chains: [] },
])(
  'nothing is drawn of $reason that is of nobody, of another, or leads nowhere',
  ({ chains, ...origin }) => {
    const one = drawing();
    const way = {
      family: '',
      chain: 'KUBE-SERVICES',
      entrance: '*:1 tcp',
      target: { chains, endpoints: [] },
    };
    drawRule({ text: '', origin }, way, one);
    expect(one.collector.graph()).toEqual({ nodes: [], edges: [] });
  },
);
