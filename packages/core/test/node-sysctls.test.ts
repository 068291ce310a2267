import {
  compile,
  nodeSysctls,
  planNode,
  type Mode,
  type Operation,
  type SnapshotInput,
} from '@kube-rules/core';
import { expect, test } from 'vitest';
import { snapshotOf } from './support/cluster.ts';

type Config = NonNullable<SnapshotInput['config']>;

function sysctls(config: Config, mode: Mode = 'nftables', cpus = 4): Record<string, number> {
  const snapshot = snapshotOf({ config });
  const all = nodeSysctls(compile(snapshot, mode), snapshot.config, cpus);
  return Object.fromEntries(
    all.map(({ name, value }) => [name.replace('net.netfilter.', ''), value]),
  );
}

test('conntrack, by default and as configured', () => {
  expect(sysctls({})).toEqual({
    nf_conntrack_max: 131_072,
    '/sys/module/nf_conntrack/parameters/hashsize': 32_768,
    nf_conntrack_tcp_timeout_established: 86_400,
    nf_conntrack_tcp_timeout_close_wait: 3600,
  });
  expect(
    sysctls({
      conntrack: {
        maxPerCore: 0,
        tcpEstablishedTimeout: '0s',
        tcpCloseWaitTimeout: '1m30s',
        tcpBeLiberal: true,
        udpTimeout: '10s',
        udpStreamTimeout: '20s',
      },
    }),
  ).toEqual({
    nf_conntrack_tcp_timeout_close_wait: 90,
    nf_conntrack_tcp_be_liberal: 1,
    nf_conntrack_udp_timeout: 10,
    nf_conntrack_udp_timeout_stream: 20,
  });
});

test('the most connections grow with the processors, up to a limit', () => {
  expect(sysctls({}, 'nftables', 8)).toMatchObject({ nf_conntrack_max: 262_144 });
  expect(sysctls({}, 'nftables', 256)).toMatchObject({ nf_conntrack_max: 1_048_576 });
  const snapshot = snapshotOf();
  const old = nodeSysctls(compile(snapshot, 'iptables', { release: '1.30' }), snapshot.config, 256);
  expect(old).toContainEqual({ name: 'net.netfilter.nf_conntrack_max', value: 8_388_608 });
});

test('modes have their own', () => {
  expect(sysctls({}, 'iptables')).toMatchObject({ 'net.ipv4.conf.all.route_localnet': 1 });
  expect(sysctls({}, 'ipvs')).toMatchObject({
    'net.ipv4.vs.conntrack': 1,
    'net.ipv4.ip_forward': 1,
  });
  expect(sysctls({}, 'userspace')).toEqual(sysctls({}, 'nftables'));
});

function plan(values: Readonly<Record<string, string>>): readonly Operation[] {
  const { operations } = planNode(snapshotOf(), 'nftables', {
    files: {},
    sysctls: values,
    cpus: 4,
  });
  return operations.filter(({ kind }) => kind === 'sysctl');
}

test('planned only where the value is known and another', () => {
  expect(plan({})).toEqual([]);
  expect(plan({ 'net.netfilter.nf_conntrack_max': '131072' })).toEqual([]);
  expect(plan({ 'net.netfilter.nf_conntrack_max': '65536' })).toEqual([
    {
      kind: 'sysctl',
      name: 'net.netfilter.nf_conntrack_max',
      value: '131072',
      former: '65536',
    },
  ]);
});

test('the hash table of conntrack grows, and never shrinks', () => {
  const name = '/sys/module/nf_conntrack/parameters/hashsize';
  expect(plan({ [name]: '32768' })).toEqual([]);
  expect(plan({ [name]: '65536' })).toEqual([]);
  expect(plan({ [name]: '16384' })).toEqual([
    { kind: 'sysctl', name, value: '32768', former: '16384' },
  ]);
});
