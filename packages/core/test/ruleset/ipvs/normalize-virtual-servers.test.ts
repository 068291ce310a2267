import { expect, test } from 'vitest';
import type { VirtualServer } from '../../../src/ruleset/ipvs/ast.ts';
import {
  normalizeCompiledVirtualServers,
  normalizeSavedVirtualServers,
} from '../../../src/ruleset/ipvs/normalize-virtual-servers.ts';
import { parseIpvsadm } from '../../../src/ruleset/ipvs/parse-ipvsadm.ts';
import { listedServers, procfsServers, savedServers } from '../../support/ipvs-dumps.ts';
import { withoutServerPlaces } from '../../support/without-places.ts';

function normalize(text: string): ReturnType<typeof normalizeSavedVirtualServers> {
  return normalizeSavedVirtualServers(parseIpvsadm(text).document);
}

/** What a listing tells too. */
function withoutTunnels(text: string): object[] {
  const servers = normalize(text).map(({ realServers, ...server }) => ({
    ...server,
    realServers: realServers.map(({ tunnel: _tunnel, ...real }) => real),
  }));
  return servers.map(withoutServerPlaces);
}

test('commands and a listing have one normal form', () => {
  expect(withoutTunnels(listedServers)).toEqual(withoutTunnels(savedServers));
  expect(withoutTunnels(listedServers)).toHaveLength(14);
});

test('the table of the kernel has it too, but for what it does not tell', () => {
  const unknown = { schedulerFlags: undefined, persistenceEngine: undefined };
  const known = normalize(listedServers).map((server) => ({
    ...server,
    ...unknown,
    persistence: server.persistence && { ...server.persistence, timeout: undefined },
  }));
  expect(normalize(procfsServers).map(withoutServerPlaces)).toEqual(known.map(withoutServerPlaces));
});

test('what a command leaves to ipvsadm counts as the value that ipvsadm takes', () => {
  expect(normalize('-A -t [FD00::1]:80 -p\n-a -t [fd00::1]:80 -r [fd00::2]\n')).toEqual([
    {
      offset: 0,
      service: 'tcp [fd00::1]:80',
      scheduler: 'wlc',
      persistence: { timeout: 360, netmask: '128' },
      persistenceEngine: undefined,
      isOnePacket: false,
      schedulerFlags: [],
      realServers: [
        {
          offset: 22,
          address: '[fd00::2]:80',
          forwarding: 'route',
          weight: 1,
          tunnel: undefined,
        },
      ],
    },
  ]);
});

test('compiled servers have their origins', () => {
  const origin = { reason: 'cluster IP' };
  const server: VirtualServer = {
    protocol: 'tcp',
    address: '10.96.0.1:443',
    scheduler: 'mh',
    persistenceTimeout: 600,
    schedulerFlags: ['mh-port'],
    realServers: [
      { address: '10.1.0.2:443', weight: 1, origin },
      { address: '10.1.0.1:443', weight: 0, origin },
    ],
    origin,
  };
  const other: VirtualServer = {
    ...server,
    address: '10.96.0.0:443',
    scheduler: 'rr',
    persistenceTimeout: undefined,
    schedulerFlags: [],
    realServers: [],
  };
  const normal = { persistenceEngine: undefined, isOnePacket: false };
  const real = { forwarding: 'masq', tunnel: undefined, origin };
  expect(normalizeCompiledVirtualServers([server, other])).toEqual([
    {
      ...normal,
      origin,
      service: 'tcp 10.96.0.0:443',
      scheduler: 'rr',
      persistence: undefined,
      schedulerFlags: [],
      realServers: [],
    },
    {
      ...normal,
      origin,
      service: 'tcp 10.96.0.1:443',
      scheduler: 'mh',
      persistence: { timeout: 600, netmask: '255.255.255.255' },
      schedulerFlags: ['mh-port'],
      realServers: [
        { ...real, address: '10.1.0.1:443', weight: 0 },
        { ...real, address: '10.1.0.2:443', weight: 1 },
      ],
    },
  ]);
});
