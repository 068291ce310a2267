import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VARIANTS, behaviours } from './support/behaviours.ts';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { ipvsBehaviours } from './support/ipvs-behaviours.ts';
import { startIpvsCluster } from './support/ipvs-cluster.ts';
import type { IpvsCluster } from './support/ipvs-cluster.ts';
import { compileIpvsDocuments } from './support/ipvs-documents.ts';
import { arrivalsOf, distinct } from './support/observed.ts';
import { packetWords } from './support/packet-words.ts';
import { printOutcome } from './support/probe.ts';
import type { Probe } from './support/probe.ts';
import { missingGuestRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import type { HostName } from './support/topology.ts';

const SNAPSHOT = readFileSync(new URL('packets.yaml', import.meta.url), 'utf8');

const rows = [...behaviours, ...ipvsBehaviours].map(
  (behaviour) => [behaviour.title, behaviour] as const,
);

describe.skipIf(skipWithout(missingGuestRequirements()))('real connections in ipvs mode', () => {
  let guest: Guest;
  let cluster: IpvsCluster;
  beforeAll(async () => {
    guest = await startGuest();
    cluster = await startIpvsCluster(guest);
    await cluster.load(compileIpvsDocuments(SNAPSHOT, 'restore'));
  });
  afterAll(async () => {
    await guest?.stop();
  });

  test.concurrent.for(rows)(
    '%s',
    { timeout: 60_000 },
    async ([, { from, probe, outcomes }], { expect }) => {
      const [observed = []] = await cluster.probe(from, [probe]);
      expect(distinct(observed)).toEqual(distinct(outcomes));
      expect(arrivalsOf(probe, await cluster.arrivals())).toEqual([]);
    },
  );

  test.for(VARIANTS)('round robin takes turns exactly, %s, %s', async ([family, protocol]) => {
    const { answer, clusterIP, pod } = packetWords(family, protocol);
    const choices = await choicesOf('p1', { ...clusterIP('web'), connections: 12, inTurn: true });
    const turn = choices.slice(0, 2);
    const endpoints = (['p2', 'q1'] as const).map((name) => answer(name, pod('p1')));
    expect(turn.toSorted()).toEqual(distinct(endpoints));
    expect(choices).toEqual(Array.from({ length: 6 }, () => turn).flat());
  });

  test.for(VARIANTS)(
    'each client stays with its endpoint, and new ones take turns, %s, %s',
    async ([family, protocol]) => {
      const { answer, client, clusterIP, otherClient, pod } = packetWords(family, protocol);
      const probe = { ...clusterIP('sticky'), connections: 6, inTurn: true };
      const chosen = [
        await endpointOf('ext', { ...probe, source: client }),
        await endpointOf('ext', { ...probe, source: otherClient }),
        await endpointOf('p1', probe),
      ];
      const endpoints = (['p2', 'p3', 'q1'] as const).map((name) => answer(name, pod('p1')));
      expect(new Set(chosen)).toEqual(new Set(endpoints.map(({ destination }) => destination)));
      expect(await endpointOf('ext', { ...probe, source: client })).toBe(chosen[0]);
    },
  );

  async function choicesOf(from: HostName, probe: Probe): Promise<readonly string[]> {
    const [outcomes = []] = await cluster.probe(from, [probe]);
    return outcomes.map(printOutcome);
  }

  async function endpointOf(from: HostName, probe: Probe): Promise<string | undefined> {
    const [outcomes = []] = await cluster.probe(from, [probe]);
    expect(distinct(outcomes)).toHaveLength(1);
    return outcomes[0]?.destination;
  }
});
