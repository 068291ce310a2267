import { compile, parseSnapshot, planNode, type Listener, type Snapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import {
  createNodeProxy,
  type NodeProxy,
  type RulesChange,
} from '../../src/proxy/create-node-proxy.ts';
import { clusterText, web, type Cluster } from '../support/cluster.ts';

interface Scripted extends NodeProxy {
  /** What was done, in its order: `listen` with the service ports, and `rules`. */
  readonly steps: string[];
  readonly changes: RulesChange[];
  readonly listeners: () => readonly Listener[];
  /** Says why the rules cannot be changed. */
  refusal?: Error | undefined;
}

/** A node whose rules and proxy are not there. */
function scriptedNode(): Scripted {
  const steps: string[] = [];
  const changes: RulesChange[] = [];
  let listeners: readonly Listener[] = [];
  const node = createNodeProxy({
    update: async (next) => {
      listeners = next;
      steps.push(`listen ${next.map(({ servicePort }) => servicePort).join(' ')}`);
    },
    changeRules: async (change) => {
      const { snapshot, proxyPorts, onPlanned } = change;
      changes.push(change);
      await onPlanned({ ruleset: compile(snapshot, 'userspace', { proxyPorts }) });
      if (scripted.refusal !== undefined) throw scripted.refusal;
      steps.push('rules');
      return planNode(snapshot, 'userspace', { files: {} });
    },
  });
  const scripted: Scripted = { ...node, steps, changes, listeners: () => listeners };
  return scripted;
}

const all = ['prod/web', 'prod/cart'];

function snapshotOf(cluster: Cluster): Snapshot {
  return parseSnapshot(clusterText(cluster, all), { nodeName: 'node-a' }).snapshot;
}

const cartAlone = snapshotOf({ 'prod/cart': ['10.244.1.7'] });
const both = snapshotOf(web);

test('what comes listens before rules lead to it, and rules go before what they lead to', async () => {
  const { follow, steps } = scriptedNode();
  await follow(cartAlone);
  await follow(both);
  await follow(cartAlone);
  const [one, two] = ['listen prod/cart:http', 'listen prod/cart:http prod/web:http'];
  expect(steps.slice(0, 3)).toEqual([one, 'rules', one]);
  expect(steps.slice(3, 6)).toEqual([two, 'rules', two]);
  expect(steps.slice(6)).toEqual([two, 'rules', one]);
});

test('ports that are listened on stay, whatever the rules of the node say', async () => {
  const { follow, changes, listeners } = scriptedNode();
  const { listeners: first } = await follow(cartAlone);
  expect(changes[0]?.proxyPorts).toEqual({});
  await follow(both);
  expect(changes[1]?.proxyPorts).toEqual({ 'prod/cart:http/tcp': first[0]?.port });
  expect(listeners().find(({ servicePort }) => servicePort === 'prod/cart:http')).toEqual(first[0]);
});

test('when the rules cannot be changed, endpoints follow, and what they lead to stays', async () => {
  const node = scriptedNode();
  await node.follow(both);
  const refusal = new Error('the kernel refuses');
  node.refusal = refusal;
  const moved = snapshotOf({ 'prod/cart': ['10.244.9.9'] });
  await expect(node.follow(moved)).rejects.toBe(refusal);
  expect(node.listeners().map(({ servicePort, endpoints }) => [servicePort, endpoints])).toEqual([
    ['prod/cart:http', ['10.244.9.9:8080']],
    ['prod/web:http', ['10.244.1.5:8080', '10.244.2.6:8080']],
  ]);
  node.refusal = undefined;
  await node.follow(moved);
  expect(node.listeners().map(({ servicePort }) => servicePort)).toEqual(['prod/cart:http']);
});

test('the warnings of the mode come along', async () => {
  const { services, ...rest } = both;
  const sctp = services.map((service) => ({
    ...service,
    spec: {
      ...service.spec,
      ports: service.spec.ports.map((port) => ({ ...port, protocol: 'SCTP' as const })),
    },
  }));
  const { diagnostics, listeners } = await scriptedNode().follow({ ...rest, services: sctp });
  expect(diagnostics.map(({ code }) => code)).toEqual(['USERSPACE_SCTP', 'USERSPACE_SCTP']);
  expect(listeners).toEqual([]);
});
