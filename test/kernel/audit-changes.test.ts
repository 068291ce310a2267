import { audit, compile, diffRuleset, layouts, readDumps, rulesOfRuleset } from '@kube-rules/core';
import type { Audit, DumpFiles } from '@kube-rules/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChangingNode } from './support/changing-node.ts';
import type { ChangingNode } from './support/changing-node.ts';
import { addSources, endpointsOfSources } from './support/clients.ts';
import {
  NFT_DUMPS,
  NFT_READINGS,
  pickDumps,
  printDumpsScript,
  readDumpFiles,
} from './support/live-dumps.ts';
import type { DumpCommands } from './support/live-dumps.ts';
import { thisMachine } from './support/machine.ts';
import { clusterIPs, modelSnapshot } from './support/model-cluster.ts';
import type { ModelCluster, ModelEndpoint } from './support/model-cluster.ts';
import { startNetwork } from './support/network.ts';
import type { Network } from './support/network.ts';
import { addService, changeCluster } from './support/random-change.ts';
import { createRandom } from './support/random.ts';
import { missingNftablesRequirements } from './support/requirements.ts';
import { watchArrivalsScript } from './support/router.ts';
import { skipWithout } from './support/skip-without.ts';

const STEPS = 60;
const FIRST_SERVICES = 12;
const PLAIN = 201;
const STICKY = 202;

const [first = ['', ''], ...others] = Object.entries(NFT_DUMPS);
const listings = [first, ...others] as const;

describe.skipIf(skipWithout(missingNftablesRequirements())).for(layouts)(
  'a node whose tables were changed step by step, layout %s, is whole',
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

    test('after each of many changes', async () => {
      const random = createRandom(3);
      let cluster = stickyCluster(['p2', 'p3', 'q1']);
      for (let left = FIRST_SERVICES; left > 0; left -= 1) cluster = addService(cluster, random);
      await node.load(cluster);
      let time = 0;
      let leftovers = 0;
      for (let step = 1; step <= STEPS; step += 1) {
        cluster = changeCluster(cluster, { random, steady: new Set() });
        time += random.int(5000);
        await node.change(cluster, { time });
        const [name, command] = random.pick(listings);
        const files = await dump({ [name]: command });
        leftovers += expectNothingSerious(auditOf(cluster, files), step);
      }
      expect(leftovers).toBeGreaterThan(0);
      expect(await differsFromFreshLoad(cluster)).toBe(layout === 'fast');
    });

    test('while clients are bound to endpoints', async () => {
      await node.load(stickyCluster(['p2', 'p3', 'q1']));
      const bound = await endpointsOfSources(network, STICKY);
      expect(new Set(bound.values()).size).toBe(6);
      const files = await dump();
      expect(files['nft-list']).toMatch(/ expires 2h59m/);
      for (const names of NFT_READINGS)
        expect(
          auditOf(stickyCluster(['p2', 'p3', 'q1']), pickDumps(files, names)).findings,
        ).toEqual([]);

      // The slot of the endpoint that goes waits for its clients, so that the one that comes gets another.
      await node.change(stickyCluster(['p3', 'q1']), { time: 0 });
      await node.change(stickyCluster(['p3', 'q1', 'q2']), { time: 1 });
      const changed = await dump();
      for (const names of NFT_READINGS) {
        const picked = pickDumps(changed, names);
        expectNothingSerious(auditOf(stickyCluster(['p3', 'q1', 'q2']), picked), 'bound');
      }
      const found = auditOf(stickyCluster(['p3', 'q1', 'q3']), pickDumps(changed, ['nft-list']));
      expect(found.broken).toEqual([`model/service-${STICKY}:tcp`, `model/service-${STICKY}:udp`]);
    });

    test('unless it missed that an endpoint went', async () => {
      await node.load(plainCluster(['p2', 'p3', 'q1', 'q2']));
      const found = auditOf(
        plainCluster(['p2', 'q1', 'q2']),
        await dump({ 'nft-list': NFT_DUMPS['nft-list'] }),
      );
      expect(found.isWhole).toBe(false);
      expect(found.broken).toEqual([`model/service-${PLAIN}:tcp`]);
    });

    // In kube-proxy's layout there is no set of clients for all Services to which one could be added by hand.
    test.for(layout === 'fast' ? [layout] : [])('with records that nft added, %s', async () => {
      const cluster = stickyCluster(['p2', 'p3', 'q1']);
      await node.load(cluster);
      const { IPv4 } = clusterIPs(STICKY);
      await node.nft(
        `add element ip kube-proxy affinity-tcp { 192.0.2.200 . ${IPv4} . 80 . 2 timeout 60s }\n`,
      );
      const files = await dump();
      expect(files['nft-list']).toContain(`192.0.2.200 . ${IPv4} . 80 . `);
      for (const names of NFT_READINGS)
        expect(auditOf(cluster, pickDumps(files, names)).findings).toEqual([]);
    });

    async function dump(commands: DumpCommands = NFT_DUMPS): Promise<DumpFiles> {
      return readDumpFiles(await network.run('node1', printDumpsScript(commands)));
    }

    async function differsFromFreshLoad(cluster: ModelCluster): Promise<boolean> {
      const fresh = rulesOfRuleset(compile(modelSnapshot(cluster), 'nftables', { layout }));
      const { rules } = readDumps(pickDumps(await dump(), ['nft-list']));
      const kinds = diffRuleset(rules, fresh).map(({ kind }) => kind);
      return kinds.some((kind) => kind === 'entryAdded' || kind === 'entryChanged');
    }
  },
);

function auditOf(cluster: ModelCluster, files: DumpFiles): Audit {
  return audit(modelSnapshot(cluster), 'nftables', files);
}

/** Expects nothing but leftovers, and gives their number. */
function expectNothingSerious(found: Audit, step: number | string): number {
  const serious = found.findings.filter(({ kind }) => kind !== 'harmless');
  const ofDumps = found.diagnostics.filter(({ code }) => code.startsWith('DUMP_'));
  expect({ serious, ofDumps }, `step ${step}`).toEqual({ serious: [], ofDumps: [] });
  expect([found.isWhole, found.broken, found.foreign]).toEqual([true, [], 0]);
  return found.findings.length;
}

/** One Service without affinity. */
function plainCluster(endpoints: readonly ModelEndpoint[]): ModelCluster {
  const plain = { id: PLAIN, protocols: ['TCP'], endpoints } as const;
  return { services: [plain], detector: 'ClusterCIDR', masqueradeAll: false };
}

/** One Service with affinity. */
function stickyCluster(endpoints: readonly ModelEndpoint[]): ModelCluster {
  const sticky = { id: STICKY, protocols: ['TCP', 'UDP'], endpoints, affinity: 10_800 } as const;
  return { services: [sticky], detector: 'ClusterCIDR', masqueradeAll: false };
}
