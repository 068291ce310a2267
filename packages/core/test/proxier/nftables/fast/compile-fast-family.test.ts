import { expect, test } from 'vitest';
import {
  compileFastFamily,
  type FastFamily,
} from '../../../../src/proxier/nftables/fast/compile-fast-family.ts';
import { noMemory, rememberSlots } from '../../../../src/proxier/nftables/fast/former-slots.ts';
import { containers } from '../../../../src/proxier/nftables/shared/objects.ts';
import { printTable, type Table } from '../../../../src/ruleset/nftables/index.ts';
import type { ResolvedServicePort } from '../../../../src/service/resolve-family.ts';
import { local, remote, resolvedOf } from '../../../support/model.ts';
import { nftablesBaseOf, resolvedFamilyOf } from '../../../support/nftables.ts';

type Options = Partial<Parameters<typeof compileFastFamily>[2]>;

function compiled(servicePorts: readonly ResolvedServicePort[], options: Options = {}): FastFamily {
  const { nodeElements = [], memory = noMemory } = options;
  return compileFastFamily(nftablesBaseOf(), resolvedFamilyOf(servicePorts), {
    nodeElements,
    memory,
  });
}

function linesOf(start: string, table: Table): string[] {
  const begin = `add ${start} ip kube-proxy `;
  const lines = printTable(table).split('\n');
  return lines.filter((line) => line.startsWith(begin)).map((line) => line.slice(begin.length));
}

test('without service ports the table has no elements but those of the node', () => {
  const origin = { reason: 'node ports' };
  const nodeElements = [
    { container: containers.nodePortIPs, element: { key: ['192.0.2.11'], origin } },
  ];
  const { table, retiredSlots } = compiled([], { nodeElements });
  expect(linesOf('element', table)).toEqual(['nodeport-ips { 192.0.2.11 }']);
  expect([table.chains.length, table.sets.length, table.maps.length]).toEqual([19, 11, 20]);
  expect(retiredSlots).toEqual([]);
  for (const list of [table.chains, table.sets, table.maps]) {
    const names = list.map(({ name }) => name as string);
    expect(names).toEqual(names.toSorted());
  }
});

const a = { serviceName: 'a', name: 'ns1/a:p80', clusterIP: '172.30.0.1' };
const b = { serviceName: 'b', name: 'ns1/b:p80', clusterIP: '172.30.0.2' };

test('Services of one shape use the same chains', () => {
  const { table } = compiled([resolvedOf(a, [remote, local]), resolvedOf(b, [remote, local])]);
  const own = linesOf('chain', table).filter((name) => name.startsWith('dispatch'));
  expect(own).toEqual(['dispatch-tcp-1', 'dispatch-tcp-2']);
  expect(linesOf('element', table)).toEqual([
    'cluster-ips { 172.30.0.1 }',
    'cluster-ips { 172.30.0.2 }',
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
    'endpoints-tcp { 172.30.0.1 . 80 . 0 : 10.180.0.1 . 80 }',
    'endpoints-tcp { 172.30.0.1 . 80 . 1 : 10.180.0.2 . 80 }',
    'endpoints-tcp { 172.30.0.2 . 80 . 0 : 10.180.0.1 . 80 }',
    'endpoints-tcp { 172.30.0.2 . 80 . 1 : 10.180.0.2 . 80 }',
    'service-ips { 172.30.0.1 . tcp . 80 : goto dispatch-tcp-2 }',
    'service-ips { 172.30.0.2 . tcp . 80 : goto dispatch-tcp-2 }',
  ]);
});

test('of two that want an address, the last has all of it', () => {
  const shared = { externalIPs: ['1.2.3.4'] };
  const { table } = compiled([
    resolvedOf({ ...a, ...shared, externalPolicyLocal: true }, [remote, local]),
    resolvedOf({ ...b, ...shared }, [remote]),
  ]);
  expect(linesOf('element', table).filter((line) => line.includes('1.2.3.4'))).toEqual([
    'endpoints-tcp { 1.2.3.4 . 80 . 0 : 10.180.0.1 . 80 }',
    'external-ips { 1.2.3.4 . tcp . 80 : goto dispatch-tcp-1 }',
    'service-ips { 1.2.3.4 . tcp . 80 : goto external }',
  ]);
  expect(linesOf('chain', table).filter((name) => name.startsWith('local-'))).toEqual([]);
});

test('of two that want source ranges for an address, the last has its own alone', () => {
  const vip = { loadBalancerVIPs: ['5.6.7.8'] };
  const { table } = compiled([
    resolvedOf({ ...a, ...vip, loadBalancerSourceRanges: ['10.0.0.0/8', '203.0.113.0/25'] }, []),
    resolvedOf({ ...b, ...vip, loadBalancerSourceRanges: ['10.1.0.0/16'] }, []),
  ]);
  expect(linesOf('element', table).filter((line) => line.startsWith('firewall'))).toEqual([
    'firewall-ips { 5.6.7.8 . tcp . 80 }',
    'firewall-sources { 5.6.7.8 . tcp . 80 . 10.1.0.0/16 }',
  ]);
});

const slots = ({ table }: FastFamily): string[] =>
  linesOf('element', table).filter((line) => line.startsWith('endpoints-tcp'));

test('slots rest over several rulesets', () => {
  const sticky = { ...a, affinitySeconds: 60 };
  const first = compiled([resolvedOf(sticky, [remote, local])]);
  const next = (former: FastFamily, endpoints: (typeof remote)[], time: number): FastFamily =>
    compiled([resolvedOf(sticky, endpoints)], {
      memory: rememberSlots(former.table, former.retiredSlots, time),
    });
  const resting = { map: 'endpoints-tcp', place: ['172.30.0.1', '80'], slot: 0, until: 160 };
  const second = next(first, [local], 100);
  expect(second.retiredSlots).toEqual([resting]);
  expect(slots(second)).toEqual([
    'endpoints-tcp { 172.30.0.1 . 80 . 1 : 10.180.0.2 . 80 }',
    'endpoints-tcp { 172.30.0.1 . 80 . 0 : 10.180.0.1 . 80 }',
  ]);
  const third = next(second, [remote, local], 159);
  expect(third.retiredSlots).toEqual([resting]);
  expect(slots(third)).toEqual([
    'endpoints-tcp { 172.30.0.1 . 80 . 2 : 10.180.0.1 . 80 }',
    'endpoints-tcp { 172.30.0.1 . 80 . 1 : 10.180.0.2 . 80 }',
  ]);
  expect(next(third, [remote, local], 160).retiredSlots).toEqual([]);
});
