import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { startApplyNode } from './support/apply-node.ts';
import type { ApplyNode, Variant } from './support/apply-node.ts';
import { failEachCall } from './support/fail-each-call.ts';
import { FAILS, refusingTool } from './support/failing-tool.ts';
import type { Fails, ToolFolder } from './support/failing-tool.ts';
import { emptyScript, plantForeignScript } from './support/foreign-rules.ts';
import { killAnywhere } from './support/kill-anywhere.ts';
import { lengthOf } from './support/length-of.ts';
import { modelSnapshot } from './support/model-cluster.ts';
import { createPool } from './support/pool.ts';
import { printSnapshot } from './support/print-snapshot.ts';
import { randomCluster } from './support/random-change.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const KILLS = lengthOf('KILLS', 12);
const STATE = ['--state', '/run/kube-rules'];

const NFT = { mode: 'iptables', backend: 'nft' } as const satisfies Variant;
const FAST = { mode: 'nftables', layout: 'fast' } as const satisfies Variant;
const OWN = { mode: 'nftables', layout: 'kube-proxy' } as const satisfies Variant;

const [FORMER, NEXT] = [modelSnapshot(randomCluster(5, 30)), modelSnapshot(randomCluster(6, 30))];

const FAILING = { input: printSnapshot(NEXT), readState };

/** Two at a time, one for each processor. */
const atOnce = createPool([1, 2]);

describe.skipIf(skipWithout(missingRequirements()))('apply that fails', () => {
  beforeAll(build);

  test.concurrent.for([
    ['iptables-nft', NFT],
    ['nftables, fast', FAST],
  ] as const)(
    'killed anywhere, %s: the next one mends it',
    { timeout: 600_000 },
    async ([name, variant], { expect }) => {
      const { problems, left } = await atOnce(() =>
        killAnywhere({
          variant,
          kills: KILLS,
          snapshots: [FORMER, NEXT],
          foreignScript: plantForeignScript('nft'),
        }),
      );
      console.info(`${name}, ${KILLS} kills, then still to do: ${JSON.stringify(left)}`);
      expect(problems).toEqual([]);
      expect(Object.keys(left).length).toBeGreaterThan(1);
    },
  );

  describe('because of a tool', () => {
    let node: ApplyNode;
    beforeAll(async () => {
      node = await startApplyNode();
      await node.run(plantForeignScript('nft'));
    });
    afterAll(async () => {
      await node?.stop();
    });

    const cases: readonly (readonly [tool: string, variant: Variant, fails: Fails])[] = [
      ...FAILS.flatMap((fails) =>
        ['iptables-nft-restore', 'ip6tables-nft-restore'].map(
          (tool) => [tool, NFT, fails] as const,
        ),
      ),
      ['iptables-nft-save', NFT, 'before'],
      ...FAILS.map((fails) => ['nft', FAST, fails] as const),
      ['nft', OWN, 'before'],
    ];

    test.for(cases)('%s, %o, %s it did its work', async ([tool, variant, fails]) => {
      await settle(node, variant);
      const { former, outcomes } = await failEachCall(node, {
        tool,
        variant,
        fails,
        ...FAILING,
      });
      console.info(`${tool}, ${fails}: ${outcomes.length} calls failed`);
      expect(outcomes.length).toBeGreaterThan(1);
      for (const [index, { status, stderr, state }] of outcomes.entries()) {
        const call = index + 1;
        expect(state, `call ${call}: ${stderr}`).toBe(former);
        expect(status, `call ${call}: ${stderr}`).toBe(1);
        expect(stderr, `call ${call}: ${stderr}`).toContain(tool);
      }
    });

    test('on a node without rules there are none afterwards', async () => {
      await node.run(`${emptyScript('nft')}ipset destroy\n${plantForeignScript('nft')}`);
      for (const [tool, variant] of [
        ['ip6tables-nft-restore', NFT],
        ['nft', FAST],
      ] as const) {
        const { former, outcomes } = await failEachCall(node, {
          tool,
          variant,
          fails: 'after',
          ...FAILING,
        });
        for (const { state, stderr } of outcomes) expect(state, `said: ${stderr}`).toBe(former);
        await node.cli(['cleanup']);
      }
    });

    test.for(FAILS)('ipset, %s it did its work', async (fails) => {
      await node.run(`${emptyScript('nft')}ipset destroy\n${plantForeignScript('nft')}`);
      await node.run(IPVS_LEFTOVERS);
      const { former, outcomes } = await failEachCall(node, {
        tool: 'ipset',
        variant: NFT,
        fails,
        ...FAILING,
      });
      console.info(`ipset, ${fails}: ${outcomes.length} calls failed`);
      expect(former).toContain('KUBE-CLUSTER-IP');
      expect(outcomes.length).toBeGreaterThan(2);
      for (const { status, stderr, state } of outcomes) {
        expect(state, `said: ${stderr}`).toBe(former);
        expect(status, `said: ${stderr}`).toBe(1);
        expect(stderr).toContain('ipset');
      }
      expect(await readState(node)).not.toContain('KUBE-CLUSTER-IP');
    });

    describe('that refuses a line of a Service', () => {
      const name = 'model/service-99';
      const culprit = { id: 99, protocols: ['TCP'], endpoints: ['p2'] } as const;
      const others = randomCluster(6, 30);
      const input = printSnapshot(
        modelSnapshot({ ...others, services: [...others.services, culprit] }),
      );
      const args = ['apply', '--mode', 'iptables', '--node', 'node1', ...STATE, '-'];
      let tool: ToolFolder;
      beforeEach(() => {
        tool = refusingTool('iptables-nft-restore', `"${name}:`);
      });
      afterEach(() => {
        tool.remove();
      });

      test('nothing is changed, and the Service is named', async () => {
        await settle(node, NFT);
        const former = await readState(node);
        const refused = await node.cli(args, { programs: tool.path, input });
        expect(refused.status).toBe(1);
        expect(await readState(node)).toBe(former);
        expect(refused.stderr).toMatch(/line \d+ failed/);
        expect(refused.stderr).toContain(name);
      });

      test('with --quarantine the others are applied', async () => {
        await settle(node, NFT);
        const options = { programs: tool.path, input };
        const applied = await node.cli([...args, '--quarantine'], options);
        expect(applied.stderr).toContain(`${name} is left out`);
        expect(applied.status, `said: ${applied.stderr}`).toBe(0);
        const { kinds, problems } = await node.request('change', { ...NFT, objects: NEXT });
        expect({ kinds, problems }).toEqual({ kinds: [], problems: [] });
      });
    });
  });
});

/** Gives the node the rules before the change. */
async function settle(node: ApplyNode, variant: Variant): Promise<void> {
  const { problems } = await node.request('change', { ...variant, objects: FORMER });
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** Rules, sets and settings, without counters, times and the seeds of sets. */
async function readState(node: ApplyNode): Promise<string> {
  const output = await node.run(`
for program in iptables-nft ip6tables-nft; do "$program-save"; done
nft -s list tables
nft -s list table ip kube-proxy 2>/dev/null || true
nft -s list table ip6 kube-proxy 2>/dev/null || true
nft -s list table inet foreign 2>/dev/null || true
ipset save
ip -o address
grep -H . /proc/sys/net/ipv4/conf/all/route_localnet /proc/sys/net/netfilter/nf_conntrack_*
`);
  return output
    .split('\n')
    .filter((line) => !/^#|nf_conntrack_(?:count|buckets)/.test(line))
    .map((line) => line.replace(/ \[\d+:\d+\]$| initval 0x\w+/, ''))
    .join('\n');
}

/** What ipvs mode has in sets and rules. */
const IPVS_LEFTOVERS = `
ipset create KUBE-CLUSTER-IP hash:ip,port
ipset add KUBE-CLUSTER-IP 10.96.0.1,tcp:443
iptables-nft-restore --noflush <<'END'
*nat
:KUBE-SERVICES - [0:0]
:KUBE-MARK-MASQ - [0:0]
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT
COMMIT
END
`;
