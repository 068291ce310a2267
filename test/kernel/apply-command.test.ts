import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { startApplyNode } from './support/apply-node.ts';
import type { ApplyNode } from './support/apply-node.ts';
import { plantForeignScript } from './support/foreign-rules.ts';
import type { CommandOutcome } from './support/machine.ts';
import { modelSnapshot } from './support/model-cluster.ts';
import type { ModelEndpoint } from './support/model-cluster.ts';
import { printSnapshot } from './support/print-snapshot.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const PLAN = '/run/plan.json';
const TO_NODE = ['--mode', 'iptables', '--node', 'node1', '-'];
const STATE = ['--state', '/run/kube-rules'];

const FORMER = { input: snapshotText(['p2', 'q1']) };
const NEXT = { input: snapshotText(['p2', 'q1', 'q2']) };

describe.skipIf(skipWithout(missingRequirements()))('the commands on a node', () => {
  let node: ApplyNode;
  let foreign: string;
  beforeAll(build);
  beforeEach(async () => {
    node = await startApplyNode();
    await node.run(`ip link set lo up\n${plantForeignScript('nft')}`);
    foreign = await readRules();
  });
  afterEach(async () => {
    await node?.stop();
  });

  test('a plan is kept, carried out once, and leaves nothing to do', async () => {
    const planned = await node.cli(['plan', '-o', PLAN, '--detailed-exitcode', ...TO_NODE], FORMER);
    expectStatus(planned, 2);
    expect(planned.stdout).toMatch(/Plan: [1-9]\d* to add, 0 to change, 0 to remove\./);
    expect(await readRules()).toBe(foreign);

    expectStatus(await node.cli(['apply', ...STATE, PLAN]), 0);
    const rules = await readRules();
    expect(rules).toContain('model/service-7');
    const again = await node.cli(['plan', '--detailed-exitcode', ...TO_NODE], FORMER);
    expectStatus(again, 0);
    expect(again.stdout).toContain('nothing to do');
    const applied = await node.cli(['apply', ...STATE, ...TO_NODE], FORMER);
    expectStatus(applied, 0);
    expect(applied.stdout).toContain('nothing to do');
    expect(await readRules()).toBe(rules);

    const next = await node.cli(['plan', '--detailed-exitcode', ...TO_NODE], NEXT);
    expectStatus(next, 2);
    expect(next.stdout).toContain('~ model/service-7:tcp');
  });

  test('a plan is refused when the node changed meanwhile', async () => {
    expectStatus(await node.cli(['apply', ...STATE, ...TO_NODE], FORMER), 0);
    expectStatus(await node.cli(['plan', '-o', PLAN, ...TO_NODE], NEXT), 0);
    await node.run('iptables-nft -t nat -D KUBE-SERVICES 1\n');
    const rules = await readRules();
    const refused = await node.cli(['apply', ...STATE, PLAN]);
    expectStatus(refused, 1);
    expect(refused.stderr).toContain('NODE_CHANGED');
    expect(await readRules()).toBe(rules);
    // What others do is no reason.
    expectStatus(await node.cli(['plan', '-o', PLAN, ...TO_NODE], NEXT), 0);
    await node.run('iptables-nft -I INPUT 1 -s 100.64.99.1 -m comment --comment foreign -j DROP\n');
    expectStatus(await node.cli(['apply', ...STATE, PLAN]), 0);
    expect(await readRules()).toContain('-A INPUT -s 100.64.99.1/32');
  });

  test('what is not confirmed is undone', async () => {
    expectStatus(await node.cli(['apply', ...STATE, ...TO_NODE], FORMER), 0);
    const rules = await readRules();
    const undone = await node.cli(['apply', '--confirm', '1s', ...STATE, ...TO_NODE], NEXT);
    expectStatus(undone, 1);
    expect(undone.stderr).toContain('not confirmed');
    expect(await readRules()).toBe(rules);
    expectStatus(await node.cli(['confirm', ...STATE]), 1);

    const waiting = node.cli(['apply', '--confirm', '60s', ...STATE, ...TO_NODE], NEXT);
    await confirmed();
    expectStatus(await waiting, 0);
    expect(await readRules()).not.toBe(rules);
    expectStatus(await node.cli(['plan', '--detailed-exitcode', ...TO_NODE], NEXT), 0);
  });

  test('what waits to be confirmed is undone at once by SIGTERM', async () => {
    expectStatus(await node.cli(['apply', ...STATE, ...TO_NODE], FORMER), 0);
    const rules = await readRules();
    const waiting = node.cli(['apply', '--confirm', '15s', ...STATE, ...TO_NODE], NEXT);
    await node.run(`until [ -e /run/kube-rules/pending ]; do sleep 0.1; done
kill -TERM "$(cat /run/kube-rules/pending)"\n`);
    const begin = Date.now();
    expectStatus(await waiting, 1);
    expect(await readRules()).toBe(rules);
    expect(Date.now() - begin).toBeLessThan(10_000);
  });

  test('cleanup leaves what is not of kube-proxy', async () => {
    for (const mode of [['iptables'], ['nftables', '--layout', 'fast'], ['nftables']]) {
      const args = ['apply', ...STATE, '--mode', ...mode, '--node', 'node1', '-'];
      expectStatus(await node.cli(args, FORMER), 0);
      const rules = await readRules();
      expect(rules).not.toBe(foreign);
      const shown = await node.cli(['cleanup', '--dry-run']);
      expectStatus(shown, 0);
      expect(shown.stdout).toMatch(/Plan: 0 to add, 0 to change, [1-9]\d* to remove\./);
      expect(await readRules()).toBe(rules);
      expectStatus(await node.cli(['cleanup']), 0);
      expect(await readRules()).toBe(foreign);
    }
    const again = await node.cli(['cleanup']);
    expectStatus(again, 0);
    expect(again.stdout).toContain('nothing to do');
    expect(foreign).toContain('FOREIGN-FORWARD');
  });

  test('status tells what there is', async () => {
    const none = await node.cli(['status', ...STATE]);
    expectStatus(none, 0);
    expect(none.stdout).toContain("no rules of kube-proxy's");
    expectStatus(await node.cli(['apply', ...STATE, ...TO_NODE], FORMER), 0);
    const whole = await node.cli(['status', ...STATE, '--node', 'node1', '-'], FORMER);
    expectStatus(whole, 0);
    expect(whole.stdout).toMatch(/iptables mode, nft back end {2}whole/);
    await node.run('iptables-nft -t nat -D KUBE-SERVICES 1\n');
    const args = ['status', ...STATE, '--json', '--node', 'node1', '-'];
    const broken = await node.cli(args, FORMER);
    expectStatus(broken, 1);
    const { mode, backend, audit, lastApply } = JSON.parse(broken.stdout);
    expect({ mode, backend, isWhole: audit.isWhole }).toEqual({
      mode: 'iptables',
      backend: 'nft',
      isWhole: false,
    });
    expect(Date.now() - Date.parse(lastApply)).toBeLessThan(60_000);
  });

  test('the back end is the one that holds rules', async () => {
    const legacy = await startApplyNode();
    try {
      await legacy.run(plantForeignScript('legacy'));
      expectStatus(await legacy.cli(['apply', ...STATE, ...TO_NODE], FORMER), 0);
      expect(await legacy.run('iptables-legacy-save')).toContain('-A KUBE-SERVICES');
    } finally {
      await legacy.stop();
    }
  });

  /** Rules and sets, without counters and times. */
  async function readRules(): Promise<string> {
    const output = await node.run(`
for program in iptables-nft ip6tables-nft; do "$program-save"; done
nft -s list tables
nft -s list table inet foreign
for family in ip ip6; do nft -s list table $family kube-proxy 2>/dev/null || true; done
ipset save
`);
    return output
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.replace(/ \[\d+:\d+\]$/, ''))
      .join('\n');
  }

  async function confirmed(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const { status } = await node.cli(['confirm', ...STATE]);
      if (status === 0) return;
    }
    throw new Error('Nothing waits to be confirmed.');
  }
});

function expectStatus(outcome: CommandOutcome, status: number): void {
  expect(outcome.status, `${outcome.stderr}${outcome.stdout}`).toBe(status);
}

function snapshotText(endpoints: readonly ModelEndpoint[]): string {
  const service = { id: 7, protocols: ['TCP', 'UDP'], hasNodePorts: true, endpoints } as const;
  return printSnapshot(
    modelSnapshot({ services: [service], detector: 'ClusterCIDR', masqueradeAll: false }),
  );
}
