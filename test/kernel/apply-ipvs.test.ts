import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { startApplyNode } from './support/apply-node.ts';
import type { ApplyNode, Variant } from './support/apply-node.ts';
import { fixtureNames } from './support/fixtures.ts';
import {
  FOREIGN_CIDRS,
  plantForeignServersScript,
  plantMoreScript,
} from './support/foreign-rules.ts';
import { startGuest } from './support/guest.ts';
import type { Guest } from './support/guest.ts';
import { clearIpvsScript } from './support/ipvs-load-script.ts';
import { lengthOf } from './support/length-of.ts';
import { modelSnapshot } from './support/model-cluster.ts';
import { printSnapshot } from './support/print-snapshot.ts';
import { steadyCluster } from './support/random-change.ts';
import { missingGuestRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import { applyEach, walk } from './support/walk.ts';

const STEPS = lengthOf('STEPS', 6);
/** One of so many clusters is tried on an empty node, for want of time. */
const EACH = lengthOf('EACH', 24);

const CLUSTERS = fixtureNames();

const IPVS = { mode: 'ipvs', backend: 'legacy' } as const satisfies Variant;

/** Nobody has asked for IPVS yet, and iptables-legacy is in use. */
const UNLOAD = `
iptables-legacy -A FORWARD -s 100.64.99.1 -j DROP
ip link set lo up
modprobe -d /run -r ip_vs
`;

const FIRST = ['[9:68] -A FOREIGN-FORWARD', '-A -t 100.64.99.5:4242', '-r [fd98::6]:80'];

describe.skipIf(skipWithout(missingGuestRequirements()))(
  'apply makes a node what it should be in ipvs mode',
  () => {
    let guest: Guest;
    let node: ApplyNode;
    beforeAll(async () => {
      await build();
      guest = await startGuest();
    });
    afterAll(async () => {
      await guest?.stop();
    });
    beforeEach(async () => {
      node = await startApplyNode(undefined, guest);
      return () => node.stop();
    });

    test('of ninety-three clusters', () => {
      expect(CLUSTERS).toHaveLength(93);
    });

    test('with the settings of a module that was not loaded', async () => {
      const input = printSnapshot(modelSnapshot(steadyCluster(7)));
      const settings = 'grep -Hs . /proc/sys/net/ipv4/vs/conntrack || :\n';
      const script = `${UNLOAD}${settings}`;
      expect(await node.run(script)).toBe('');
      const args = ['--mode', 'ipvs', '--node', 'node1', '--state', '/run/kube-rules', '-'];
      const applied = await node.cli(['apply', ...args], { input });
      expect(applied).toMatchObject({ status: 0, stderr: '' });
      expect(await node.run(settings)).toBe('/proc/sys/net/ipv4/vs/conntrack:1\n');
      const again = await node.cli(['plan', '--detailed-exitcode', ...args.slice(0, 4), '-'], {
        input,
      });
      expect(again).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('nothing to do'),
      });
    });

    test(`from nothing: one of ${EACH} clusters`, { timeout: 3_600_000 }, async () => {
      const clusters = CLUSTERS.filter((_, index) => index % EACH === 0);
      const begin = Date.now();
      const emptyScript = `ip link set lo up\n${clearIpvsScript}`;
      const problems = await applyEach(node, { variant: IPVS, clusters, emptyScript });
      console.info(`${clusters.length} clusters from nothing, ${Date.now() - begin} ms`);
      expect(problems).toEqual([]);
    });

    test(
      `in a random walk of ${STEPS} steps, with rules of others`,
      { timeout: 3_600_000 },
      async () => {
        const { problems, changes, milliseconds } = await walk(node, {
          variant: IPVS,
          clusters: CLUSTERS,
          steps: STEPS,
          excludeCIDRs: FOREIGN_CIDRS,
          foreign: [
            { script: plantForeignServersScript, words: FIRST },
            { script: plantMoreScript('legacy'), words: [...FIRST, '[16:75] -A FORWARD'] },
          ],
        });
        console.info(`ipvs: ${changes} of ${STEPS} steps changed something, ${milliseconds} ms`);
        expect(problems).toEqual([]);
        expect(changes).toBeGreaterThan(STEPS / 2);
      },
    );
  },
);
