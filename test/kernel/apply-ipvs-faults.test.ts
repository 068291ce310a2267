import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { startApplyNode } from './support/apply-node.ts';
import type { ApplyNode, Variant } from './support/apply-node.ts';
import { failEachCall } from './support/fail-each-call.ts';
import { FAILS } from './support/failing-tool.ts';
import { plantForeignServersScript } from './support/foreign-rules.ts';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { clearIpvsScript } from './support/ipvs-load-script.ts';
import { killAnywhere } from './support/kill-anywhere.ts';
import { lengthOf } from './support/length-of.ts';
import { modelSnapshot } from './support/model-cluster.ts';
import { printSnapshot } from './support/print-snapshot.ts';
import { randomCluster } from './support/random-change.ts';
import { missingGuestRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const KILLS = lengthOf('KILLS', 3);
/** One of so many calls of a tool fails, for want of time. */
const EACH = lengthOf('EACH', 4);

const IPVS = { mode: 'ipvs', backend: 'legacy' } as const satisfies Variant;

const [FORMER, NEXT] = [modelSnapshot(randomCluster(5, 12)), modelSnapshot(randomCluster(6, 12))];

describe.skipIf(skipWithout(missingGuestRequirements()))('apply that fails in ipvs mode', () => {
  let guest: Guest;
  beforeAll(async () => {
    await build();
    guest = await startGuest();
  });
  afterAll(async () => {
    await guest?.stop();
  });

  test('killed anywhere: the next one mends it', { timeout: 3_600_000 }, async () => {
    const begin = Date.now();
    const { problems, left } = await killAnywhere(
      {
        variant: IPVS,
        kills: KILLS,
        snapshots: [FORMER, NEXT],
        foreignScript: plantForeignServersScript,
      },
      guest,
    );
    const took = `${KILLS} kills, ${Date.now() - begin} ms`;
    console.info(`${took}, then still to do: ${JSON.stringify(left)}`);
    expect(problems).toEqual([]);
    expect(Object.keys(left).length).toBeGreaterThan(1);
  });

  describe('because of a tool', () => {
    let node: ApplyNode;
    beforeAll(async () => {
      node = await startApplyNode(undefined, guest);
      await node.run(plantForeignServersScript);
    });
    afterAll(async () => {
      await node?.stop();
    });

    const tools = ['ipset', 'ipvsadm', 'ip', 'iptables-legacy-restore'];
    const cases = tools.flatMap((tool, index) =>
      FAILS.filter((_, other) => EACH === 1 || (index + other) % 2 === 0).map(
        (fails) => [tool, fails] as const,
      ),
    );

    test.for(cases)('%s, %s it did its work', { timeout: 600_000 }, async ([tool, fails]) => {
      const { problems } = await node.request('change', { ...IPVS, objects: FORMER });
      expect(problems).toEqual([]);
      const { former, outcomes } = await failEachCall(node, {
        tool,
        variant: IPVS,
        fails,
        every: EACH,
        input: printSnapshot(NEXT),
        folder: guest.folder,
        readState,
      });
      console.info(`${tool}, ${fails}: ${outcomes.length} calls failed`);
      expect(outcomes.length).toBeGreaterThan(0);
      for (const [index, { status, stderr, state }] of outcomes.entries()) {
        const call = 1 + index * EACH;
        expect(state, `call ${call}: ${stderr}`).toBe(former);
        expect(status, `call ${call}: ${stderr}`).toBe(1);
        expect(stderr, `call ${call}: ${stderr}`).toContain(tool);
      }
    });

    test('on a node without rules there are none afterwards', { timeout: 600_000 }, async () => {
      await node.run(`${clearIpvsScript}${plantForeignServersScript}`);
      const { former, outcomes } = await failEachCall(node, {
        tool: 'ip6tables-legacy-restore',
        variant: IPVS,
        fails: 'after',
        input: printSnapshot(NEXT),
        folder: guest.folder,
        readState,
      });
      expect(outcomes.length).toBeGreaterThan(0);
      for (const { state, stderr } of outcomes) expect(state, `said: ${stderr}`).toBe(former);
    });
  });
});

/** Rules, sets, servers, addresses and settings, without counters, times, seeds and the order of hash tables. */
async function readState(node: ApplyNode): Promise<string> {
  const output = await node.run(`
for program in iptables-legacy ip6tables-legacy; do "$program-save"; done
ipset save | sort
ipvsadm -Sn | sort
ip -o address | sort
cd /proc/sys/net
grep -H . ipv4/conf/all/* ipv4/vs/* netfilter/nf_conntrack_* || :
`);
  return output
    .split('\n')
    .filter((line) => !/^#|nf_conntrack_(?:count|buckets)/.test(line))
    .map((line) => line.replace(/ \[\d+:\d+\]$| (?:hashsize|initval) \w+/g, ''))
    .join('\n');
}
