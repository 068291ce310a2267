import type { TracedStep } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { describeStep, nameRule } from '../../src/output/describe-step.ts';

type RuleStep = Extract<TracedStep, { readonly kind: 'rule' }>;

const rule: RuleStep = {
  kind: 'rule',
  tool: 'iptables',
  hook: 'forward',
  table: 'filter',
  chain: 'KUBE-SVC-CDGGSHYLG3RE2FKL',
  number: 2,
  text: '-A KUBE-SVC-CDGGSHYLG3RE2FKL -j KUBE-SEP-X',
};
const endpoint = { servicePort: 'prod/web', endpoint: '10.244.1.5:8080' };

test.for<[string, Partial<RuleStep>]>([
  ['-A KUBE-SVC-CDGGSHYLG3RE2FKL -j KUBE-SEP-X', {}],
  [
    'the chain is no reason',
    { text: 'the chain is no reason', chain: 'services', origin: { reason: 'services' } },
  ],
  ['prod/web: cluster IP', { servicePort: 'prod/web', origin: { reason: 'cluster IP' } }],
  ['prod/web has no endpoints', { servicePort: 'prod/web', comment: 'prod/web has no endpoints' }],
  [
    'prod/web: load balancing to 10.244.1.5:8080, 1 in 2 of what comes to this rule',
    { ...endpoint, probability: 0.5, origin: { reason: 'load balancing' } },
  ],
  [
    'prod/web: load balancing to 10.244.1.5:8080, 1 in 2',
    { ...endpoint, tool: 'nftables', probability: 0.5, origin: { reason: 'load balancing' } },
  ],
  [
    'prod/web: destination becomes 10.244.1.5:8080',
    { ...endpoint, destination: '10.244.1.5:8080', origin: { reason: 'endpoint' } },
  ],
  ['prod/web, endpoint 10.244.1.5:8080: hairpin', { ...endpoint, origin: { reason: 'hairpin' } }],
  ['masquerade; mark 0x4000', { mark: 0x4000, origin: { reason: 'masquerade' } }],
  ['masquerade; mark cleared', { mark: 0, origin: { reason: 'masquerade' } }],
  [
    'masquerade; source becomes an address of the node that is not known',
    { source: null, origin: { reason: 'masquerade' } },
  ],
  ['masquerade; leaves the chain', { text: '-A X -j RETURN', origin: { reason: 'masquerade' } }],
  ['-A X -j RETURN', { text: '-A X -j RETURN' }],
  ['cali; not known: -m strange', { comment: 'cali', unknown: '-m strange' }],
  [
    'prod/web: cluster IP',
    {
      servicePort: 'prod/web',
      origin: { reason: 'all Services' },
      elements: [
        {
          container: 'KUBE-CLUSTER-IP',
          text: '',
          origin: { reason: 'cluster IP', servicePort: 'prod/web' },
        },
      ],
    },
  ],
  [
    'prod/web: no endpoint that may take it',
    { servicePort: 'prod/web', elements: [{ container: 'no-endpoint-services', text: '' }] },
  ],
])('a rule: %s', ([text, fields]) => {
  expect(describeStep({ ...rule, ...fields })).toBe(text);
});

test.for<[string, TracedStep]>([
  ['routed on by eth0', { kind: 'route', to: 'network', interface: 'eth0' }],
  ['routed on', { kind: 'route', to: 'network' }],
  ['routed to the node itself', { kind: 'route', to: 'node' }],
  [
    'routed nowhere: forwarding is off',
    { kind: 'route', to: 'nowhere', reason: 'forwarding is off' },
  ],
  [
    'policy DROP of filter FORWARD',
    {
      kind: 'policy',
      tool: 'iptables',
      hook: 'forward',
      table: 'filter',
      chain: 'FORWARD',
      policy: 'DROP',
    },
  ],
  [
    'prod/web: IPVS (rr) chooses 10.244.1.5:8080, 1 in 2',
    {
      kind: 'virtualServer',
      hook: 'input',
      service: 'tcp 10.96.0.10:80',
      scheduler: 'rr',
      realServer: '10.244.1.5:8080',
      probability: 0.5,
      servicePort: 'prod/web',
    },
  ],
  [
    'no endpoint to choose',
    {
      kind: 'virtualServer',
      hook: 'input',
      service: 'tcp 10.96.0.10:80',
      scheduler: 'rr',
      probability: 1,
    },
  ],
])('%s', ([text, step]) => {
  expect(describeStep(step)).toBe(text);
});

test("a chain's hash comes with its Service, and a rule with its line where it is known", () => {
  expect(nameRule(rule)).toBe('filter KUBE-SVC-CDGGSHYLG3RE2FKL rule 2');
  expect(nameRule({ ...rule, servicePort: 'prod/web', file: 'ipv4.iptables', line: 7 })).toBe(
    'filter KUBE-SVC-CDGGSHYLG3RE2FKL (prod/web) rule 2, ipv4.iptables:7',
  );
});
