import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import type { Mode } from '../src/compile.ts';
import { planNode } from '../src/plan-node.ts';
import { parseSnapshot } from '../src/snapshot/parse-snapshot.ts';

const { snapshot } = parseSnapshot(readFixture('dns-udp-tcp').snapshot);

/** The planned settings of IPVS. */
function plannedSettings(mode: Mode, sysctls?: Readonly<Record<string, string>>): string[] {
  const { operations } = planNode(snapshot, mode, { files: {}, ...(sysctls && { sysctls }) });
  return operations.flatMap((one) =>
    one.kind === 'sysctl' && one.name.startsWith('net.ipv4.vs.')
      ? [`${one.name} ${one.value}`]
      : [],
  );
}

test('settings of IPVS are planned although its module is not loaded yet', () => {
  const planned = plannedSettings('ipvs', { 'net.ipv4.ip_forward': '1' });
  expect(planned).toContain('net.ipv4.vs.conntrack 1');
  expect(planned).toContain('net.ipv4.vs.expire_nodest_conn 1');
  expect(plannedSettings('iptables', { 'net.ipv4.ip_forward': '1' })).toEqual([]);
});

test('where the module is loaded, those that the kernel lacks are not', () => {
  const sysctls = { 'net.ipv4.vs.conntrack': '0', 'net.ipv4.vs.expire_nodest_conn': '1' };
  expect(plannedSettings('ipvs', sysctls)).toEqual(['net.ipv4.vs.conntrack 1']);
});

test('without the present values none is planned', () => {
  expect(plannedSettings('ipvs')).toEqual([]);
});
