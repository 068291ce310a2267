import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { commandLine, startApplyNode } from './support/apply-node.ts';
import type { ApplyNode, Variant } from './support/apply-node.ts';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { holdConnection } from './support/held-connection.ts';
import { clearIpvsScript } from './support/ipvs-load-script.ts';
import { watchArrivalsScript } from './support/ipvs-router.ts';
import { lengthOf } from './support/length-of.ts';
import type { CommandOutcome } from './support/machine.ts';
import { PORTS, clusterIPs, modelSnapshot, nodePort } from './support/model-cluster.ts';
import type { ModelCluster, ModelService } from './support/model-cluster.ts';
import { startNetwork } from './support/network.ts';
import type { Network } from './support/network.ts';
import { printSnapshot } from './support/print-snapshot.ts';
import { addService, changeCluster, steadyCluster } from './support/random-change.ts';
import { createRandom } from './support/random.ts';
import { missingGuestRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import { LAN, primaryAddresses } from './support/topology.ts';
import { expectManyConnections } from './support/expect-many-connections.ts';
import { EVERY_MS, reportWatched, watchConnections } from './support/watched.ts';
import type { Watched } from './support/watched.ts';

const CHANGES = lengthOf('CHANGES', 3);
const FIRST_SERVICES = 6;
const STEADY = 201;

const IPVS = { mode: 'ipvs', backend: 'legacy' } as const satisfies Variant;

const { IPv4 } = clusterIPs(STEADY);
const NODE = primaryAddresses(LAN.node1).IPv4;

const CLIENTS = {
  p1: [`${IPv4}:${PORTS.TCP}/tcp`],
  ext: [`${NODE}:${nodePort(STEADY, 'TCP')}/tcp`],
};

/** The guest's processor is busy with more than the connections: what is lost comes again, and would be late. */
const TIMEOUT_MS = 900;

/** Tells the command which implementation of iptables is in use. */
const LEGACY_RULE = 'iptables-legacy -A FORWARD -s 100.64.99.1 -j DROP\n';

const DEADLINE_MS = 4000;

const UNTIL_DRAINED = `until ipvsadm -Sn | grep -q -- '-w 0'; do sleep 0.1; done\n`;

const STATE = ['--state', '/run/kube-rules'];

interface How {
  readonly scheduler?: string;
  readonly drainDeadline?: number;
}

describe.skipIf(skipWithout(missingGuestRequirements()))('connections in ipvs mode', () => {
  let guest: Guest;
  let network: Network;
  let node: ApplyNode;
  beforeAll(async () => {
    await build();
    guest = await startGuest();
    network = await startNetwork(guest, watchArrivalsScript);
    node = await startApplyNode(network.agents.node1.pid, guest);
  });
  afterAll(async () => {
    await guest?.stop();
  });
  beforeEach(async () => {
    await node.run(`${clearIpvsScript}${LEGACY_RULE}conntrack -F 2>/dev/null\n`);
  });

  test('none is lost in random changes of other Services', { timeout: 3_600_000 }, async () => {
    const random = createRandom(11);
    const options = { random, steady: new Set([STEADY]) };
    let cluster = steadyCluster(STEADY);
    for (let left = FIRST_SERVICES; left > 0; left -= 1) cluster = addService(cluster, random);
    await apply(cluster);
    let changes = 0;
    const watched = await watch(async () => {
      while (changes < CHANGES) {
        cluster = changeCluster(cluster, options);
        if (await apply(cluster)) changes += 1;
      }
    });
    reportWatched(`ipvs, ${changes} changes`, watched);
    expect(watched.failures).toEqual([]);
    expectManyConnections(watched, 4);
    const { problems } = await node.request('change', {
      ...IPVS,
      objects: modelSnapshot(cluster),
    });
    expect(problems).toEqual([]);
  });

  test(
    'none is lost when affinity, scheduler and endpoints change',
    { timeout: 600_000 },
    async () => {
      const endpoints = ['p2', 'p3', 'q1', 'q2'] as const;
      const variants: readonly (readonly [Partial<ModelService>, scheduler: string])[] = [
        [{ affinity: 600 }, 'rr'],
        [{ endpoints, affinity: 10_800 }, 'mh'],
        [{ endpoints }, 'lc'],
      ];
      await apply(steadyCluster(STEADY));
      const watched = await watch(async () => {
        for (const [variant, scheduler] of variants)
          expect(await apply(clusterWith(variant), { scheduler })).toBe(true);
      });
      reportWatched(`ipvs, ${variants.length} changes of the Service itself`, watched);
      expect(watched.failures).toEqual([]);
      expectManyConnections(watched, 4);
    },
  );

  test('one to an endpoint that goes lasts until the deadline', { timeout: 300_000 }, async () => {
    await apply(clusterWith({ endpoints: ['p2'] }));
    const { look, release } = await holdConnection(network.agents.p1, IPv4, PORTS.TCP);
    const begin = Date.now();
    const draining = apply(clusterWith({ endpoints: ['q1'] }), { drainDeadline: DEADLINE_MS });
    await network.run('node1', UNTIL_DRAINED);
    expect(await endpointsOfNewOnes()).toEqual(['10.244.2.11:8080']);
    const { answers } = await look();
    await sleep(DEADLINE_MS / 2);
    const before = await look();
    expect(await draining).toBe(true);
    const duration = Date.now() - begin;
    await sleep(3000);
    const after = await release();
    console.info(`drained in ${duration} ms: ${before.answers}, then ${after.answers} answers`);
    expect(before).toMatchObject({ failures: [], servers: ['10.244.1.12:8080'] });
    expect(before.answers).toBeGreaterThan(answers + DEADLINE_MS / EVERY_MS / 10);
    expect(duration).toBeGreaterThan(DEADLINE_MS);
    expect(after).toMatchObject({ failures: [expect.anything()], servers: before.servers });
    expect(await readServers()).not.toContain('10.244.1.12:8080');
  });

  test('SIGTERM ends a drain, and the node is as before', { timeout: 300_000 }, async () => {
    await cli(clusterWith({ endpoints: ['p2'] }), 'ipvs');
    const former = await readServers();
    const { release } = await holdConnection(network.agents.p1, IPv4, PORTS.TCP);
    const input = printSnapshot(modelSnapshot(clusterWith({ endpoints: ['q1'] })));
    const { status, stderr } = await interrupt(node, input);
    const held = await release();
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('INTERRUPTED'),
    });
    expect(await readServers()).toBe(former);
    expect(held.failures).toEqual([]);
  });

  test('new ones succeed while the mode is switched', { timeout: 600_000 }, async () => {
    const cluster = steadyCluster(STEADY);
    await cli(cluster, 'iptables');
    const watched = await watch(async () => {
      await cli(cluster, 'ipvs');
      await cli(cluster, 'iptables');
    });
    reportWatched('2 switches', watched);
    expect(watched.failures).toEqual([]);
    expectManyConnections(watched, 4);
  });

  async function apply(cluster: ModelCluster, how: How = {}): Promise<boolean> {
    const { scheduler = 'rr', ...rest } = how;
    const snapshot = modelSnapshot(cluster);
    const { config } = snapshot;
    const objects = { ...snapshot, config: { ...config, ipvs: { ...config.ipvs, scheduler } } };
    const wanted = { ...IPVS, objects, unchecked: true, withSysctls: true, ...rest };
    const changed = await node.request('change', wanted);
    expect(changed.problems).toEqual([]);
    return changed.kinds.length > 0;
  }

  async function cli(cluster: ModelCluster, mode: string): Promise<CommandOutcome> {
    const input = printSnapshot(modelSnapshot(cluster));
    const args = ['apply', '--mode', mode, '--node', 'node1', ...STATE, '-'];
    const outcome = await node.cli(args, { input });
    if (outcome.status !== 0) throw new Error(`It ends with ${outcome.status}: ${outcome.stderr}`);
    return outcome;
  }

  function watch(task: () => Promise<void>): Promise<Watched> {
    const lasting = { from: 'p1', address: IPv4 } as const;
    return watchConnections(network, { clients: CLIENTS, lasting, timeoutMs: TIMEOUT_MS }, task);
  }

  function readServers(): Promise<string> {
    return node.run('ipvsadm -Sn | sort\n');
  }

  async function endpointsOfNewOnes(): Promise<readonly (string | undefined)[]> {
    const probe = { protocol: 'tcp', address: IPv4, port: PORTS.TCP, connections: 6 } as const;
    const [outcomes = []] = await network.probe('p1', [probe]);
    return [...new Set(outcomes.map(({ destination }) => destination))];
  }

  /** Applies a snapshot with the command, and sends it SIGTERM when it drains. */
  async function interrupt({ pid }: ApplyNode, input: string): Promise<CommandOutcome> {
    const args = ['apply', '--mode', 'ipvs', '--node', 'node1', ...STATE, '/run/next.yaml'];
    const words = commandLine(args).map((word) => `'${word}'`);
    const script = `cat >/run/next.yaml
${words.join(' ')} & pid=$!
${UNTIL_DRAINED}
kill -TERM $pid
wait $pid`;
    return guest.runProgram(pid, ['timeout', '25', 'sh', '-c', script], input);
  }
});

function clusterWith(changed: Partial<ModelService>): ModelCluster {
  const { services, ...cluster } = steadyCluster(STEADY);
  return { ...cluster, services: services.map((service) => ({ ...service, ...changed })) };
}

async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
