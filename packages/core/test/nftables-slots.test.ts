import { changeNftables, type NftablesRuleset } from '@kube-rules/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServiceFields } from './support/cluster.ts';
import {
  chosenSlots,
  compileService,
  endpointIPs,
  everywhere,
  slotsOf,
} from './support/service-walk.ts';

const timeout = 10;
const sticky: ServiceFields = {
  ...everywhere,
  sessionAffinity: 'ClientIP',
  sessionAffinityConfig: { clientIP: { timeoutSeconds: timeout } },
};

interface Step {
  readonly bits: number;
  readonly seconds: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  bits: fc.integer({ min: 1, max: 255 }),
  seconds: fc.constantFrom(1, 4, 9, 10, 30),
});
const walks = fc.array(step, { minLength: 2, maxLength: 12 });

/** When each slot was freed last, by list and slot. */
type Freed = Map<string, number>;

interface Passage {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  readonly time: number;
  readonly freed: Freed;
}

interface Counts {
  kept: number;
  reused: number;
  lingering: number;
}

/** What had an endpoint that is gone leads there once more; how many such slots there are. */
function expectFreed(
  list: string,
  [from, to]: readonly [ReadonlyMap<number, string>, ReadonlyMap<number, string>],
  { before, after, time, freed }: Passage,
): number {
  const { size } = freed;
  for (const [slot, ip] of from) {
    const key = `${list} ${slot}`;
    if (freed.has(key) || !before.has(ip)) continue;
    // Who stays keeps the slot, and who goes is still there.
    expect([key, to.get(slot)]).toEqual([key, ip]);
    if (!after.has(ip)) freed.set(key, time);
  }
  return freed.size - size;
}

/** Compares one list of slots with that of the ruleset before. */
function expectSlots(
  list: string,
  [from, to]: readonly [ReadonlyMap<number, string>, ReadonlyMap<number, string>],
  { before, after, time, freed }: Passage,
): Counts {
  const counts = { kept: 0, reused: 0, lingering: 0 };
  const wasLive = (slot: number, ip: string): boolean =>
    before.has(ip) && !freed.has(`${list} ${slot}`);
  for (const [slot, ip] of to) {
    const key = `${list} ${slot}`;
    const freedAt = freed.get(key);
    if (from.get(slot) === ip && after.has(ip) && wasLive(slot, ip)) counts.kept += 1;
    if (freedAt === undefined) continue;
    // What was freed before is free for an endpoint that is there, after the timeout.
    expect(after.has(ip) && time >= freedAt + timeout, `${key} at ${time}`).toBe(true);
    counts.reused += 1;
    freed.delete(key);
  }
  return { ...counts, lingering: expectFreed(list, [from, to], { before, after, time, freed }) };
}

function expectStep(from: NftablesRuleset, to: NftablesRuleset, passage: Passage): Counts {
  const sum = { kept: 0, reused: 0, lingering: 0 };
  const before = slotsOf(from.ipv4.table);
  const present = slotsOf(to.ipv4.table);
  expect([...present.keys()]).toEqual([...before.keys()]);
  for (const [list, slots] of present) {
    const counts = expectSlots(list, [before.get(list) ?? new Map(), slots], passage);
    sum.kept += counts.kept;
    sum.reused += counts.reused;
    sum.lingering += counts.lingering;
    const live = [...slots].filter(([slot]) => !passage.freed.has(`${list} ${slot}`));
    expect(live.map(([, ip]) => ip).toSorted()).toEqual([...passage.after].toSorted());
  }
  return sum;
}

test('with affinity an endpoint keeps its slot, and a freed one rests for the timeout', () => {
  const total = { kept: 0, reused: 0, lingering: 0 };
  fc.assert(
    fc.property(walks, (steps) => {
      let time = 1000;
      let previous: NftablesRuleset | undefined;
      let before: ReadonlySet<string> = new Set();
      const freed: Freed = new Map();
      for (const { bits, seconds } of steps) {
        time += seconds;
        const after = new Set(endpointIPs(bits));
        const ruleset = compileService(bits, { fields: sticky, previous, time });
        if (previous) {
          const counts = expectStep(previous, ruleset, { before, after, time, freed });
          total.kept += counts.kept;
          total.reused += counts.reused;
          total.lingering += counts.lingering;
        }
        previous = ruleset;
        before = after;
      }
    }),
    { numRuns: 150 },
  );
  expect(Math.min(total.kept, total.reused, total.lingering)).toBeGreaterThan(100);
});

test('new clients are given the slots of endpoints that are there', () => {
  let checked = 0;
  fc.assert(
    fc.property(walks, (steps) => {
      let previous: NftablesRuleset | undefined;
      for (const { bits, seconds } of steps) {
        const time = (previous ? checked : 0) + seconds;
        const ruleset = compileService(bits, { fields: sticky, previous, time });
        const { table } = ruleset.ipv4;
        const live = new Set(endpointIPs(bits));
        const slots = slotsOf(table).get('endpoints-tcp 172.30.0.41 . 80') ?? new Map();
        const retired = new Set(
          ruleset.ipv4.retiredSlots
            ?.filter(({ map, place }) => map === 'endpoints-tcp' && place[0] === '172.30.0.41')
            .map(({ slot }) => slot),
        );
        const expected = [...slots.keys()]
          .filter((slot) => !retired.has(slot))
          .toSorted((a, b) => a - b);
        expect(expected).toHaveLength(live.size);
        const chain = table.maps
          .find(({ name }) => name === 'service-ips')
          ?.elements.find(({ key }) => key[0] === '172.30.0.41')?.verdict;
        expect(chain?.kind).toBe('goto');
        const name = chain?.kind === 'goto' ? chain.chain : '';
        expect(chosenSlots(table).get(name)).toEqual(expected);
        previous = ruleset;
        checked += 1;
      }
    }),
    { numRuns: 50 },
  );
  expect(checked).toBeGreaterThan(100);
});

/** How many elements a script adds or deletes. */
function countElements(script: string): number {
  const blocks = Array.from(
    script.matchAll(/^(?:add|delete) element .*\{ (.*) \}$/gm),
    ([, block = '']) => block,
  );
  return blocks.reduce((sum, block) => sum + block.split(', ').length, 0);
}

/** Cluster IP, external IP, load balancer IP and node port. */
const addresses = 4;
const bits = fc.integer({ min: 0, max: 255 });
const one = fc.integer({ min: 0, max: 7 });

test.for<[string, ServiceFields, number]>([
  // A slot that another fills (2), the last one (1), the verdict (2): for each of two lists, of which a cluster IP has one.
  ['policy Local', everywhere, 5 * (2 * addresses - 1)],
  ['policy Cluster', { ...everywhere, externalTrafficPolicy: 'Cluster' }, 5 * addresses + 3],
])('%s: one endpoint more or less changes few elements, whatever their number', (row) => {
  const [, fields, bound] = row;
  let most = 0;
  fc.assert(
    fc.property(bits, one, bits, (start, index, other) => {
      const before = compileService(other, { fields });
      const previous = compileService(start, { fields, previous: before });
      const next = compileService(start ^ (1 << index), { fields, previous });
      const script = changeNftables(previous, next).scripts.join('');
      // And the hairpin connection of an endpoint of the node.
      expect(countElements(script)).toBeLessThanOrEqual(bound + 1);
      expect(script).not.toContain('svc1/');
      most = Math.max(most, countElements(script));
    }),
    { numRuns: 200 },
  );
  expect(most).toBeGreaterThan(bound / 2);
});

test('an endpoint that takes the place of another changes its slots, and no chain', () => {
  const fields = { ...everywhere, externalTrafficPolicy: 'Cluster' };
  const previous = compileService(0b0010_1010, { fields });
  const script = changeNftables(
    previous,
    compileService(0b1000_1010, { fields, previous }),
  ).scripts.join('');
  const keys = ['172.30.0.41 . 80 . 2', '1.2.3.4 . 80 . 2', '5.6.7.8 . 80 . 2'];
  const place = 'element ip kube-proxy';
  expect(script).toBe(
    [
      `delete ${place} endpoints-tcp { ${keys.join(', ')} }`,
      `delete ${place} nodeport-endpoints-tcp { 3001 . 2 }`,
      `add ${place} endpoints-tcp { ${keys.map((key) => `${key} : 10.180.0.7 . 80`).join(', ')} }`,
      `add ${place} nodeport-endpoints-tcp { 3001 . 2 : 10.180.0.7 . 80 }`,
      '',
    ].join('\n'),
  );
});
