import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { startApplyNode } from './support/apply-node.ts';
import type { ApplyNode, Variant } from './support/apply-node.ts';
import { expectManyConnections } from './support/expect-many-connections.ts';
import { emptyScript } from './support/foreign-rules.ts';
import { lengthOf } from './support/length-of.ts';
import { thisMachine } from './support/machine.ts';
import type { CommandOutcome } from './support/machine.ts';
import { PORTS, clusterIPs, modelSnapshot, nodePort } from './support/model-cluster.ts';
import { startNetwork } from './support/network.ts';
import type { Network } from './support/network.ts';
import { printSnapshot } from './support/print-snapshot.ts';
import { addService, changeCluster, steadyCluster } from './support/random-change.ts';
import { createRandom } from './support/random.ts';
import { missingRequirements } from './support/requirements.ts';
import { watchArrivalsScript } from './support/router.ts';
import { skipWithout } from './support/skip-without.ts';
import { LAN, primaryAddresses } from './support/topology.ts';
import { reportWatched, watchConnections } from './support/watched.ts';
import type { Watched } from './support/watched.ts';

const CHANGES = lengthOf('CHANGES', 25);
const FIRST_SERVICES = 12;
const STEADY = 201;

const { IPv4, IPv6 } = clusterIPs(STEADY);
const NODE = primaryAddresses(LAN.node1).IPv4;

const CLIENTS = {
  p1: [`${IPv4}:${PORTS.TCP}/tcp`, `[${IPv6}]:${PORTS.TCP}/tcp`],
  ext: [`${NODE}:${nodePort(STEADY, 'TCP')}/tcp`],
};

const VARIANTS = {
  'iptables-nft': { mode: 'iptables', backend: 'nft' },
  'iptables-legacy': { mode: 'iptables', backend: 'legacy' },
  'nftables, fast': { mode: 'nftables', layout: 'fast' },
  'nftables, kube-proxy': { mode: 'nftables', layout: 'kube-proxy' },
} as const satisfies Readonly<Record<string, Variant>>;

const NAMES = Object.keys(VARIANTS) as (keyof typeof VARIANTS)[];

// A packet that began with the old rule of a chain finds its anonymous map empty if that was replaced meanwhile: some
// hundred nanoseconds, which kube-proxy has, too.
const MOST_LOST: Readonly<Record<string, number>> = { 'nftables, kube-proxy': 1 };

describe.skipIf(skipWithout(missingRequirements()))('apply loses no connection', () => {
  let network: Network;
  let node: ApplyNode;
  beforeAll(async () => {
    await build();
    network = await startNetwork(thisMachine, watchArrivalsScript);
    node = await startApplyNode(network.agents.node1.pid);
  });
  afterAll(async () => {
    await node?.stop();
    await network?.stop();
  });

  test.for(NAMES)('in random changes of other Services, %s', { timeout: 280_000 }, async (name) => {
    const variant: Variant = VARIANTS[name];
    await node.run(`${emptyScript('legacy')}${emptyScript('nft')}conntrack -F 2>/dev/null\n`);
    const random = createRandom(11);
    const options = { random, steady: new Set([STEADY]) };
    let cluster = steadyCluster(STEADY);
    for (let left = FIRST_SERVICES; left > 0; left -= 1) cluster = addService(cluster, random);
    const apply = async (): Promise<boolean> => {
      const objects = modelSnapshot(cluster);
      const changed = await node.request('change', { ...variant, objects, unchecked: true });
      expect(changed.problems).toEqual([]);
      return changed.kinds.length > 0;
    };
    await apply();
    let changes = 0;
    const watched = await watch(async () => {
      while (changes < CHANGES) {
        cluster = changeCluster(cluster, options);
        if (await apply()) changes += 1;
      }
    });
    reportWatched(`${name}, ${changes} changes`, watched);
    expect(watched.failures.slice(MOST_LOST[name] ?? 0)).toEqual([]);
    expectManyConnections(watched, 2);
    const { problems } = await node.request('change', {
      ...variant,
      objects: modelSnapshot(cluster),
    });
    expect(problems).toEqual([]);
  });

  test('when the mode is switched with the command', async () => {
    await node.run(`${emptyScript('legacy')}${emptyScript('nft')}conntrack -F 2>/dev/null\n`);
    const input = printSnapshot(modelSnapshot(steadyCluster(STEADY)));
    const apply = async (...how: string[]): Promise<CommandOutcome> => {
      const args = ['apply', ...how, '--node', 'node1', '--state', '/run/kube-rules', '-'];
      const outcome = await node.cli(args, { input });
      expect(outcome).toMatchObject({ status: 0 });
      return outcome;
    };
    await apply('--mode', 'iptables');
    const watched = await watch(async () => {
      for (const layout of ['fast', 'kube-proxy', 'fast', 'kube-proxy']) {
        await apply('--mode', 'nftables', '--layout', layout);
        await apply('--mode', 'iptables');
      }
      await apply('--mode', 'nftables', '--layout', 'fast');
      await apply('--mode', 'nftables', '--layout', 'kube-proxy');
      await apply('--mode', 'nftables', '--layout', 'fast');
    });
    reportWatched('11 switches', watched);
    expectManyConnections(watched, 2);
    expect(watched.failures).toEqual([]);
  });

  function watch(task: () => Promise<void>): Promise<Watched> {
    const lasting = { from: 'p1', address: IPv4 } as const;
    return watchConnections(network, { clients: CLIENTS, lasting }, task);
  }
});
