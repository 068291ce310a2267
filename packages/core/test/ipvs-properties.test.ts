import {
  compile,
  parseSnapshot,
  releases,
  type IpvsFamily,
  type IpvsRuleset,
  type Release,
  type Snapshot,
} from '@kube-rules/core';
import { arbitraryCluster, printCluster } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIP } from '../src/netaddr/ip.ts';
import { printIP } from '../src/netaddr/print-ip.ts';
import { printEntry } from '../src/ruleset/ipset/index.ts';
import { parseEntry } from './support/parse-entry.ts';

interface Input {
  readonly snapshot: Snapshot;
  readonly release: Release;
}

/** A generated cluster as one of the releases knows it. */
function arbitraryInput(): fc.Arbitrary<Input> {
  return fc.constantFrom(...releases).chain((release) =>
    arbitraryCluster({ release, mode: 'ipvs' }).map((cluster) => ({
      snapshot: parseSnapshot(printCluster(cluster)).snapshot,
      release,
    })),
  );
}

function compileInput({ snapshot, release }: Input): IpvsRuleset {
  return compile(snapshot, 'ipvs', { release });
}

function familiesOf({ ipv4, ipv6 }: IpvsRuleset): readonly IpvsFamily[] {
  return [ipv4, ipv6];
}

/** The addresses of the node's interfaces other than kube-ipvs0, read from the input anew. */
function ownAddresses({ nodeState, nodes, nodeName }: Snapshot): Set<string> {
  const interfaces = nodeState.interfaces?.filter(({ name }) => name !== 'kube-ipvs0');
  const ofNode = nodes.find(({ metadata }) => metadata.name === nodeName)?.status?.addresses ?? [];
  const texts = interfaces
    ? interfaces.flatMap(({ addresses }) => addresses.map((text) => text.replace(/\/\d+$/, '')))
    : ofNode.map(({ address }) => address);
  return new Set(texts.map((text) => parseIP(text)).flatMap((ip) => (ip ? [printIP(ip)] : [])));
}

function hostOf(address: string): string {
  return address.replace(/^\[?(.*?)\]?:\d+$/, '$1');
}

test('every virtual server has its address on kube-ipvs0 or on another interface of the node', () => {
  let [bound, own] = [0, 0];
  fc.assert(
    fc.property(arbitraryInput(), (input) => {
      const interfaces = ownAddresses(input.snapshot);
      for (const { virtualServers, addresses } of familiesOf(compileInput(input))) {
        const hosts = virtualServers.map(({ address }) => hostOf(address));
        for (const host of hosts) {
          if (addresses.includes(host)) bound++;
          else {
            own++;
            expect([...interfaces]).toContain(host);
          }
        }
        for (const address of addresses) expect(hosts).toContain(address);
      }
    }),
    { numRuns: 200 },
  );
  expect(bound).toBeGreaterThan(500);
  expect(own).toBeGreaterThan(100);
});

test('each address is in KUBE-IPVS-IPS, once, and of its family', () => {
  fc.assert(
    fc.property(arbitraryInput(), (input) => {
      for (const { family, addresses, ipsets } of familiesOf(compileInput(input))) {
        expect(new Set(addresses).size).toBe(addresses.length);
        for (const address of addresses) expect(address.includes(':')).toBe(family === 'IPv6');
        const name = family === 'IPv4' ? 'KUBE-IPVS-IPS' : 'KUBE-6-IPVS-IPS';
        const entries = ipsets.find((set) => set.name === name)?.entries ?? [];
        expect(entries.map(({ entry }) => printEntry(entry))).toEqual(addresses);
      }
    }),
  );
});

test('every entry of a set parses back, is of its family and in it once', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(arbitraryInput(), (input) => {
      for (const { family, ipsets } of familiesOf(compileInput(input))) {
        for (const { type, entries } of ipsets) {
          const texts = entries.map(({ entry }) => printEntry(entry));
          expect(texts.map((text) => parseEntry(type, text))).toEqual(
            entries.map(({ entry }) => entry),
          );
          expect(texts).toEqual([...new Set(texts)].toSorted());
          for (const { entry } of entries) {
            if (entry.kind !== 'bitmap:port')
              expect(entry.ip.includes(':')).toBe(family === 'IPv6');
          }
          seen.set(type, (seen.get(type) ?? 0) + texts.length);
        }
      }
    }),
    { numRuns: 300 },
  );
  expect([...seen.keys()].toSorted()).toEqual([
    'bitmap:port',
    'hash:ip',
    'hash:ip,port',
    'hash:ip,port,ip',
    'hash:ip,port,net',
  ]);
  expect(Math.min(...seen.values())).toBeGreaterThan(10);
});

test('no rule matches a set that is not made, and each with as many fields as it has', () => {
  let matched = 0;
  fc.assert(
    fc.property(arbitraryInput(), (input) => {
      for (const { document, ipsets } of familiesOf(compileInput(input))) {
        const made = new Map<string, string>(ipsets.map(({ name, type }) => [name, type]));
        expect(made.size).toBe(17);
        const matches = document.tables
          .flatMap(({ rules }) => rules.flatMap((rule) => rule.matches))
          .filter((match) => match.kind === 'set');
        for (const { name, fields } of matches) {
          matched++;
          expect([...made.keys()]).toContain(name);
          expect(made.get(name)?.split(',')).toHaveLength(fields.length);
        }
      }
    }),
  );
  expect(matched).toBeGreaterThan(1000);
});

test('every chain that is used is declared and made, once', () => {
  fc.assert(
    fc.property(arbitraryInput(), (input) => {
      for (const { document, jumps } of familiesOf(compileInput(input))) {
        for (const { name, chains, rules } of document.tables) {
          expect(new Set(chains).size).toBe(chains.length);
          const own = jumps.filter(({ table }) => table === name);
          const made = own.flatMap((step) => (step.kind === 'newChain' ? [step.chain] : []));
          expect(made).toEqual(chains);
          const targets = [...rules, ...own.flatMap((s) => (s.kind === 'prepend' ? [s.rule] : []))]
            .map(({ target }) => target)
            .flatMap((target) => (target?.kind === 'jump' ? [target.chain] : []));
          for (const chain of [...rules.map((rule) => rule.chain), ...targets])
            expect(chains).toContain(chain);
        }
      }
    }),
  );
});

test('virtual servers are unique and sorted, and each real server is an endpoint of its own', () => {
  let real = 0;
  fc.assert(
    fc.property(arbitraryInput(), (input) => {
      for (const { virtualServers } of familiesOf(compileInput(input))) {
        const keys = virtualServers.map(
          ({ address, protocol }) => `${address}/${protocol.toUpperCase()}`,
        );
        expect(keys).toEqual([...new Set(keys)].toSorted());
        for (const { realServers, origin } of virtualServers) {
          const addresses = realServers.map(({ address }) => address);
          real += addresses.length;
          expect(new Set(addresses).size).toBe(addresses.length);
          for (const server of realServers) {
            expect(server.weight).toBe(1);
            expect(server.origin.servicePort).toBe(origin.servicePort);
            expect(server.origin.endpoint?.address).toBe(server.address);
          }
        }
      }
    }),
  );
  expect(real).toBeGreaterThan(200);
});
