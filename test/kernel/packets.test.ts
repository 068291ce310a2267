import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BACKENDS } from './support/backend.ts';
import { VARIANTS, behaviours } from './support/behaviours.ts';
import { startCluster } from './support/cluster.ts';
import type { IptablesCluster } from './support/cluster.ts';
import { compileDocuments } from './support/documents.ts';
import { arrivalsOf, distinct } from './support/observed.ts';
import { packetWords } from './support/packet-words.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const SNAPSHOT = readFileSync(new URL('packets.yaml', import.meta.url), 'utf8');

// Of three endpoints one is missed by chance once in three million times.
const ROUNDS = 40;

const rows = behaviours.map((behaviour) => [behaviour.title, behaviour] as const);

describe.skipIf(skipWithout(missingRequirements()))('real connections to services', () => {
  describe.for(BACKENDS)('with iptables-%s', (backend) => {
    let cluster: IptablesCluster;
    beforeAll(async () => {
      cluster = await startCluster();
      await cluster.load(compileDocuments(SNAPSHOT, 'save'), backend);
    });
    afterAll(async () => {
      await cluster?.stop();
    });

    test.concurrent.for(rows)(
      '%s',
      { timeout: 30_000 },
      async ([, { from, probe, outcomes }], { expect }) => {
        const [observed = []] = await cluster.probe(from, [probe]);
        expect(distinct(observed)).toEqual(distinct(outcomes));
        expect(arrivalsOf(probe, await cluster.arrivals())).toEqual([]);
      },
    );

    test.for(VARIANTS)(
      'a client stays with its endpoint until it is forgotten, %s, %s',
      async ([family, protocol]) => {
        const { answer, clusterIP, pod } = packetWords(family, protocol);
        const choices: string[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          await cluster.forgetAffinity();
          const [outcomes = []] = await cluster.probe('p1', [
            { ...clusterIP('sticky'), connections: 6, inTurn: true },
          ]);
          expect(distinct(outcomes)).toHaveLength(1);
          choices.push(...distinct(outcomes));
        }
        const endpoints = (['p2', 'p3', 'q1'] as const).map((name) => answer(name, pod('p1')));
        expect([...new Set(choices)].toSorted()).toEqual(distinct(endpoints));
      },
    );
  });
});
