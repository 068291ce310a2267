import { layouts } from '@kube-rules/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connected } from './support/agent.ts';
import { comparable, createChangingNode, listFresh } from './support/changing-node.ts';
import type { ChangingNode } from './support/changing-node.ts';
import { addSources, clientsOf, endpointsOfSources, whileConnecting } from './support/clients.ts';
import { thisMachine } from './support/machine.ts';
import { clusterIPs } from './support/model-cluster.ts';
import type { ModelCluster, ModelEndpoint, ModelService } from './support/model-cluster.ts';
import { startNetwork } from './support/network.ts';
import type { Network } from './support/network.ts';
import { contentsOf, readContents } from './support/nftables-contents.ts';
import { addService, changeCluster } from './support/random-change.ts';
import { createRandom } from './support/random.ts';
import type { Random } from './support/random.ts';
import { missingNftablesRequirements } from './support/requirements.ts';
import { watchArrivalsScript } from './support/router.ts';
import { skipWithout } from './support/skip-without.ts';

// Some leave everything as it was.
const STEPS = 240;
const CHANGES = 200;
const FIRST_SERVICES = 12;
const CHURN_MS = 5000;
const FLIPS = 400;
const EVERY_MS = 10;

// A packet that began with the old rule of a chain finds its anonymous map empty if that was replaced meanwhile: some
// hundred nanoseconds, in which the kernel answers as if there were no Service. kube-proxy has them, too.
/** How many connections a transaction may lose. */
const MOST_LOST = { 'kube-proxy': 0.03, fast: 0 } as const;

const PLAIN = 201;
const STICKY = 202;
const CLIENTS = clientsOf(PLAIN, STICKY);

describe.skipIf(skipWithout(missingNftablesRequirements())).for(layouts)(
  'changes in the layout %s',
  (layout) => {
    let network: Network;
    let node: ChangingNode;
    beforeAll(async () => {
      network = await startNetwork(thisMachine, watchArrivalsScript);
      node = createChangingNode(network, layout);
      await addSources(network);
    });
    afterAll(async () => {
      await network?.stop();
    });

    test('a walk of random changes ends where a fresh load does, and no connection fails', async () => {
      const random = createRandom(1);
      const first = steadyCluster(['p2', 'p3', 'q1'], ['p2', 'q1']);
      let cluster = times(FIRST_SERVICES, first, (former) => addService(former, random));
      await node.load(cluster);
      const begin = Date.now();
      const walked = await whileConnecting(
        network,
        { everyMs: EVERY_MS },
        {
          clients: CLIENTS,
          task: async () => {
            cluster = await walk(node, cluster, random);
          },
        },
      );
      const expected = (Date.now() - begin) / EVERY_MS;
      report(`${layout}, walk`, walked, node.durations);
      expect(node.durations.length).toBeGreaterThanOrEqual(CHANGES);
      expect(failuresOf(walked)).toEqual([]);
      expect(fewestConnections(walked)).toBeGreaterThan(expected / 2);

      // What is out of use is emptied by the next change and deleted by the one after.
      for (let round = 0; round < 3; round += 1)
        await node.change(cluster, { time: Number.MAX_SAFE_INTEGER });
      const { compiled, result } = node.rulesets();
      expect(result).toEqual(compiled);
      expect(comparable(await node.list())).toEqual(comparable(await listFresh(compiled)));
    });

    test('clients stay with endpoints that stay, and no connection fails, as fast as nft changes them', async () => {
      const random = createRandom(2);
      await node.load(steadyCluster(['p2', 'p3', 'q1'], ['p2', 'q1', 'p3']));
      const former = await endpointsOfSources(network, STICKY);
      expect(new Set(former.values()).size).toBe(6);

      await node.change(steadyCluster(['p2', 'p3', 'q1'], ['p2', 'q1']));
      const settled = await endpointsOfSources(network, STICKY);
      expect(new Set(settled.values()).size).toBe(4);
      const staying = new Set(settled.values());
      const gone = [...former].filter(([, endpoint]) => !staying.has(endpoint));
      const moved = [...settled].filter(([source, endpoint]) => former.get(source) !== endpoint);
      expect(moved.map(([source]) => source)).toEqual(gone.map(([source]) => source));
      expect(await endpointsOfSources(network, STICKY)).toEqual(settled);

      const before = node.durations.length;
      const churned = await whileConnecting(
        network,
        { atOnce: 1 },
        { clients: CLIENTS, task: () => churn(node, random) },
      );
      report(`${layout}, churn`, churned, node.durations.slice(before));
      const changes = node.durations.length - before;
      expect(failuresOf(churned).slice(Math.ceil(MOST_LOST[layout] * changes))).toEqual([]);
      expect(fewestConnections(churned)).toBeGreaterThan(100);
      expect(changes).toBeGreaterThan(40);
      expect(await endpointsOfSources(network, STICKY)).toEqual(settled);
      expect(readContents(await node.list())).toEqual(contentsOf(node.rulesets().result));
    });

    test('changes in a row in one run of nft lose no connection', async () => {
      const clusters = [
        steadyCluster(['p2', 'p3', 'q1'], ['p2', 'q1', 'p3']),
        steadyCluster(['p2', 'p3'], ['p2', 'q1']),
      ] as const;
      await node.load(clusters[0]);
      // Few clients, so that nft has a processor of its own.
      const clients = {
        p1: CLIENTS['p1']?.slice(0, 1) ?? [],
        ext: CLIENTS['ext']?.slice(-1) ?? [],
      };
      const begin = Date.now();
      const flipped = await whileConnecting(
        network,
        { atOnce: 1 },
        { clients, task: () => node.flip(clusters, FLIPS) },
      );
      const duration = (Date.now() - begin) / FLIPS;
      report(`${layout}, ${FLIPS} flips`, flipped, [duration]);
      expect(failuresOf(flipped).slice(MOST_LOST[layout] * FLIPS)).toEqual([]);
      expect(fewestConnections(flipped)).toBeGreaterThan(100);
    });

    test('one layout takes over from the other and back, and no connection fails', async () => {
      const cluster = steadyCluster(['p2', 'p3', 'q1'], ['p2', 'q1']);
      await node.load(cluster);
      const before = node.durations.length;
      const taken = await whileConnecting(
        network,
        { everyMs: EVERY_MS },
        {
          clients: CLIENTS,
          task: async () => {
            for (let round = 0; round < 10; round += 1) {
              for (const other of layouts) {
                await node.change(cluster, { layout: other });
                const { compiled } = node.rulesets();
                expect(comparable(await node.list())).toEqual(
                  comparable(await listFresh(compiled)),
                );
              }
            }
          },
        },
      );
      report(`${layout}, taking over`, taken, node.durations.slice(before));
      expect(failuresOf(taken)).toEqual([]);
    });

    test('a rule that was removed by hand is missed', async () => {
      await node.load(steadyCluster(['p2', 'p3', 'q1'], ['p2', 'q1']));
      const fresh = await listFresh(node.rulesets().compiled);
      const masquerading = await node.nft('list chain ip kube-proxy masquerading\n');
      const handle = /masquerade .*# handle (?<handle>\d+)/.exec(masquerading)?.groups?.['handle'];
      await node.nft(`delete rule ip kube-proxy masquerading handle ${handle}\n`);
      const listing = comparable(await node.list());
      expect(listing.text).not.toBe(comparable(fresh).text);
      expect(listing.contents).not.toEqual(contentsOf(node.rulesets().result));
    });

    test('connections to an address that is missing for a while fail', async () => {
      await node.load(steadyCluster(['p2', 'p3', 'q1'], ['p2', 'q1']));
      const element = `{ ${clusterIPs(PLAIN).IPv4} . tcp . 80 }`;
      const connected = await whileConnecting(
        network,
        { everyMs: EVERY_MS },
        {
          clients: CLIENTS,
          task: async () => {
            await node.nft(`delete element ip kube-proxy service-ips ${element}\n`);
            await new Promise((resolve) => setTimeout(resolve, 20 * EVERY_MS));
          },
        },
      );
      expect(failuresOf(connected).length).toBeGreaterThan(5);
    });
  },
);

/** Two Services, of which the second has affinity. */
function steadyCluster(
  plain: readonly ModelEndpoint[],
  sticky: readonly ModelEndpoint[],
): ModelCluster {
  const common = { protocols: ['TCP', 'UDP'], hasNodePorts: true } as const;
  const services: readonly ModelService[] = [
    { ...common, id: PLAIN, endpoints: plain },
    { ...common, id: STICKY, endpoints: sticky, affinity: 10_800 },
  ];
  return { services, detector: 'ClusterCIDR', masqueradeAll: false };
}

/** Changes the cluster step by step; after each step the kernel must have what the change says. */
async function walk(
  node: ChangingNode,
  first: ModelCluster,
  random: Random,
): Promise<ModelCluster> {
  const steady = new Set([PLAIN, STICKY]);
  let cluster = first;
  let time = 0;
  for (let step = 1; step <= STEPS; step += 1) {
    cluster = changeCluster(cluster, { random, steady });
    time += random.int(5000);
    await node.change(cluster, { time });
    const listing = await node.list();
    const { result } = node.rulesets();
    expect(readContents(listing), `step ${step}`).toEqual(contentsOf(result));
    if (step % 20 === 0) {
      expect(comparable(listing), `step ${step}`).toEqual(comparable(await listFresh(result)));
    }
  }
  return cluster;
}

async function churn(node: ChangingNode, random: Random): Promise<void> {
  const end = Date.now() + CHURN_MS;
  while (Date.now() < end) {
    const plain = shuffled<ModelEndpoint>(['p2', 'p3', 'q1', 'q2', 'q3'], random).slice(
      0,
      2 + random.int(4),
    );
    const others = shuffled<ModelEndpoint>(['p3', 'q2', 'q3'], random).slice(0, random.int(2));
    await node.change(steadyCluster(plain, ['p2', 'q1', ...others]));
  }
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => [random.int(2 ** 30), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}

function times<T>(count: number, first: T, next: (former: T) => T): T {
  let value = first;
  for (let left = count; left > 0; left -= 1) value = next(value);
  return value;
}

type Results = Readonly<Record<string, Connected>>;

function failuresOf(results: Results): readonly string[] {
  return Object.entries(results).flatMap(([client, { failures }]) =>
    failures.map((failure) => `${client}: ${failure}`),
  );
}

function fewestConnections(results: Results): number {
  return Math.min(...Object.values(results).map(({ connections }) => connections));
}

function report(what: string, results: Results, durations: readonly number[]): void {
  const connections = Object.values(results).map((result) => result.connections);
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  console.info(
    `${what}: ${connections.join(' + ')} connections, ${failuresOf(results).length} failures; ` +
      `${sorted.length} transactions, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`,
  );
}
