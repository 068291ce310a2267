import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setup as build } from '../support/build.ts';
import { startApplyNode } from './support/apply-node.ts';
import type { ApplyNode } from './support/apply-node.ts';
import { expectStatus } from './support/expect-status.ts';
import { olderTool, refusingTool } from './support/failing-tool.ts';
import type { ToolFolder } from './support/failing-tool.ts';
import { modelSnapshot } from './support/model-cluster.ts';
import type { CommandOutcome } from './support/machine.ts';
import { printSnapshot } from './support/print-snapshot.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

const STATE = ['--state', '/run/kube-rules'];
const INPUT = snapshotText();

describe.skipIf(skipWithout(missingRequirements()))('apply on a node that is not as usual', () => {
  let node: ApplyNode;
  let tool: ToolFolder | undefined;
  beforeAll(build);
  beforeEach(async () => {
    node = await startApplyNode();
    await node.run('ip link set lo up');
  });
  afterEach(async () => {
    tool?.remove();
    tool = undefined;
    await node?.stop();
  });

  async function apply(...extra: readonly string[]): Promise<CommandOutcome> {
    const args = ['apply', '--mode', 'iptables', '--node', 'node1', ...STATE, ...extra, '-'];
    return node.cli(args, { input: INPUT, ...(tool && { programs: tool.path }) });
  }

  async function rules(backend: 'nft' | 'legacy' = 'nft'): Promise<string> {
    return node.run(`iptables-${backend}-save | grep '^-A' || true`);
  }

  test('a kernel without a match: it and its module are named, and nothing is changed', async () => {
    tool = refusingTool('iptables-nft-restore', '-m statistic');
    const { status, stderr } = await apply();
    expect(status).toBe(1);
    expect(stderr).toContain('KERNEL_LACKS');
    expect(stderr).toContain('The kernel has no -m statistic (module xt_statistic).');
    expect(stderr).toContain('modprobe xt_statistic');
    expect(await rules()).not.toContain('KUBE-');
  });

  test('iptables-legacy names the end of the table: the Service is found all the same', async () => {
    await node.run('iptables-legacy -A INPUT -s 100.64.9.9 -j DROP\n');
    tool = refusingTool('iptables-legacy-restore', '--dport 30007', 'last');
    const refused = await apply();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/refused: -A KUBE-NODEPORTS .*--dport 30007/);
    expect(refused.stderr).toContain('the refused rule is one of model/service-7');
    expect(await rules('legacy')).not.toContain('KUBE-');
    const applied = await apply('--quarantine');
    expectStatus(applied, 0);
    expect(applied.stderr).toContain('model/service-7 is left out');
    expect(await rules('legacy')).toContain('KUBE-SERVICES');
  });

  test('a tool that is too old', async () => {
    tool = olderTool('iptables-nft-restore', '1.6.1');
    const { status, stderr } = await apply();
    expect(status).toBe(1);
    expect(stderr).toContain('TOOL_TOO_OLD: iptables-nft-restore is 1.6.1');
    expect(stderr).toContain('package iptables');
    expect(await rules()).not.toContain('KUBE-');
  });

  test('the lock of iptables is held: by whom', { timeout: 60_000 }, async () => {
    await node.run(`iptables-legacy -A INPUT -s 100.64.9.9 -j DROP
flock /run/xtables.lock sleep 30 >/dev/null 2>&1 &
echo $! >/run/holder
`);
    const { status, stderr } = await apply();
    await node.run('kill "$(cat /run/holder)" 2>/dev/null || true\n');
    expect(status).toBe(1);
    expect(stderr).toContain('LOCK_HELD');
    expect(stderr).toMatch(/The lock is held by (?:flock|sleep) \(process \d+\)/);
    expect(await rules('legacy')).not.toContain('KUBE-');
  });

  test('no room for the record: the rules are as before', async () => {
    await node.run('mkdir /run/kube-rules && mount -t tmpfs -o size=4k tmpfs /run/kube-rules\n');
    const { status, stderr } = await apply();
    expect(status).toBe(1);
    expect(stderr).toContain('DISK_FULL');
    expect(await rules()).not.toContain('KUBE-');
  });

  test('settings that cannot be written are one warning each, and are not planned again', async () => {
    await node.run('mount -o bind /proc/sys /proc/sys && mount -o remount,ro,bind /proc/sys\n');
    const applied = await apply();
    expectStatus(applied, 0);
    const warnings = applied.stderr.split('\n').filter((line) => line.startsWith('warning: '));
    expect(warnings).toContain(
      'warning: net.ipv4.conf.all.route_localnet stays 0, and should be 1: it is read-only here',
    );
    expect(new Set(warnings).size).toBe(warnings.length);
    const args = ['plan', '--detailed-exitcode', '--mode', 'iptables', '--node', 'node1', '-'];
    expect((await node.cli(args, { input: INPUT })).status).toBe(0);
  });

  test('a kube-proxy at work is named, and taken over when that is said', async () => {
    await node.run(`iptables-nft -t mangle -N KUBE-PROXY-CANARY
cp "$(command -v sleep)" /run/kube-proxy
/run/kube-proxy 60 >/dev/null 2>&1 &
echo $! >/run/pid
`);
    const refused = await apply();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/KUBE_PROXY_RUNNING: .*\(process \d+\)/);
    expect(await rules()).not.toContain('-A KUBE-');
    const taken = await apply('--take-over');
    // It is seen by the next test as well, until it is gone.
    await node.run(`pid=$(cat /run/pid)
kill "$pid"
while [ -e "/proc/$pid" ]; do sleep 0.05; done
`);
    expectStatus(taken, 0);
    expect(await rules()).toContain('-A KUBE-SERVICES');
  });

  test('rules in both back ends: those of legacy go, and cleanup leaves none in either', async () => {
    await node.run('iptables-legacy -A INPUT -s 100.64.9.9 -j DROP\n');
    expect((await apply()).status).toBe(0);
    const doubled = await node.run(`iptables-legacy-save | iptables-nft-restore
iptables-legacy-save | grep -c KUBE-\n`);
    expect(Number(doubled)).toBeGreaterThan(10);
    const applied = await apply();
    expectStatus(applied, 0);
    expect(await rules('legacy')).toBe('-A INPUT -s 100.64.9.9/32 -j DROP\n');
    expect(await rules()).toContain('-A KUBE-SERVICES');
    await node.run('iptables-nft-save | iptables-legacy-restore\n');
    expect((await node.cli(['cleanup', ...STATE])).status).toBe(0);
    for (const backend of ['nft', 'legacy'] as const)
      expect(await rules(backend)).toBe('-A INPUT -s 100.64.9.9/32 -j DROP\n');
  });

  test('cleanup of one mode leaves the other', async () => {
    const compile = ['compile', '--mode', 'nftables', '--form', 'script', '--node', 'node1', '-'];
    const { stdout } = await node.cli(compile, { input: INPUT });
    expect((await apply()).status).toBe(0);
    const former = await rules();
    await node.run(`nft -f - <<'END'\n${stdout}\nEND\n`);
    expectStatus(await node.cli(['cleanup', '--mode', 'nftables', ...STATE]), 0);
    expect(await rules()).toBe(former);
    expect(await node.run('nft list tables')).not.toContain('kube-proxy');
    expect((await node.cli(['cleanup', '--mode', 'iptables', ...STATE])).status).toBe(0);
    expect(await rules()).toBe('');
  });
});

function snapshotText(): string {
  const service = {
    id: 7,
    protocols: ['TCP', 'UDP'],
    hasNodePorts: true,
    endpoints: ['p2', 'q1'],
  } as const;
  return printSnapshot(
    modelSnapshot({ services: [service], detector: 'ClusterCIDR', masqueradeAll: false }),
  );
}
