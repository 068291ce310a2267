import { compile, explainService, snapshotForNode, traceSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { createAnswerers } from '../../../src/report/page/create-answerers.ts';
import type { ShownMode } from '../../../src/report/page/questions.ts';
import type { ReportData } from '../../../src/report/report-data.ts';
import { loadText, shopReport } from '../../support/report.ts';

/** As they come out of the page: nothing but what JSON has. */
const data: ReportData = JSON.parse(JSON.stringify(shopReport()));
const answer = createAnswerers(data);
const node = 'node-b';
const snapshot = snapshotForNode(shopReport().snapshot, node);

const options = {
  iptables: { mode: 'iptables' },
  ipvs: { mode: 'ipvs' },
  nftables: { mode: 'nftables' },
  fast: { mode: 'nftables', layout: 'fast' },
} as const;

test('the overview has the nodes with their addresses and all Services', () => {
  const { nodes, nodeName, mode, services } = answer.overview({});
  expect({ nodeName, mode, services: services.length }).toEqual({
    nodeName: 'node-a',
    mode: 'iptables',
    services: 18,
  });
  expect(nodes[0]).toEqual({ name: 'node-a', addresses: ['192.0.2.11', '2001:db8:1::11'] });
  expect(nodes.map(({ name }) => name)).toEqual(['node-a', 'node-b', 'node-c']);
});

test('a node that has no Node is there, too', () => {
  const { snapshot: other } = loadText(
    'kind: NodeState\napiVersion: kube-rules/v1alpha1\nnodeName: x',
  );
  const { nodes } = createAnswerers(shopReport({ snapshot: other, nodeName: 'x' })).overview({});
  expect(nodes).toEqual([{ name: 'x', addresses: [] }]);
});

test.for<ShownMode>(['iptables', 'ipvs', 'nftables', 'fast'])(
  'in mode %s a Service is explained and traced as core does it',
  (mode) => {
    const explained = answer.explain({ node, mode, name: 'prod/web' });
    expect(explained).toEqual(explainService(snapshot, 'prod/web', options[mode]));
    const flow = { from: '10.244.2.4', to: '10.96.14.20:80' };
    const packet = {
      source: flow.from,
      destination: '10.96.14.20',
      destinationPort: 80,
      protocol: 'tcp',
    };
    const { outcomes, nodes } = answer.trace({ node, mode, flow });
    expect(outcomes).toEqual(traceSnapshot(snapshot, packet, options[mode]).outcomes);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(Object.keys(nodes)).toEqual(outcomes.map(({ destination }) => destination));
  },
);

test('the rules of a node are those that core compiles', () => {
  const { chains } = answer.rules({ node, mode: 'iptables', words: 'KUBE-SVC-', most: 1e6 });
  const shown = chains.filter(({ name }) => name.startsWith('KUBE-SVC-'));
  const { ipv4, ipv6 } = compile(snapshot, 'iptables');
  const rules = [ipv4, ipv6].flatMap(({ document }) =>
    document.tables.flatMap((table) => table.rules),
  );
  expect(shown.flatMap((chain) => chain.rules)).toHaveLength(
    rules.filter(({ chain }) => chain.startsWith('KUBE-SVC-')).length,
  );
});

test('a sender that lives on another node is told', () => {
  const to = '10.96.14.20:80';
  const situation = { node, mode: 'iptables' } as const;
  expect(answer.trace({ ...situation, flow: { from: '10.244.3.12', to } }).home).toBe('node-c');
  expect(answer.trace({ ...situation, flow: { from: '10.244.2.11', to } }).home).toBeUndefined();
});

test.for([
  [
    'a Service that is not there',
    () => answer.explain({ node, mode: 'ipvs', name: 'a/b' }),
    'The report has no Service a/b.',
  ],
  [
    'no address',
    () => answer.trace({ node, mode: 'ipvs', flow: { from: 'x', to: '10.96.0.1:1' } }),
    'source "x" is no address',
  ],
] as const)('%s is refused with a sentence', ([, ask, says]) => {
  expect(ask).toThrow(says);
});

test('a mode that the release does not have is refused with the reason', () => {
  const old = createAnswerers(shopReport({ release: '1.30' }));
  expect(() => old.rules({ node, mode: 'nftables', words: '', most: 1 })).toThrow(
    'release 1.30 has another layout',
  );
});
