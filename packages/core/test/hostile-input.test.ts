import {
  compile,
  createSnapshot,
  defaultRelease,
  findRefusals,
  forms,
  modes,
  parseSnapshot,
  printElement,
  printRule,
  renderFiles,
  UnusableSnapshotError,
  type Mode,
  type ParsedSnapshot,
  type Ruleset,
} from '@kube-rules/core';
import {
  arbitraryCluster,
  arbitraryHostileString,
  clusterObjects,
  printCluster,
  type Cluster,
} from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { expectOnlyKnownLines } from './support/known-lines.ts';
import { readRestoreWords } from './support/restore-words.ts';
import { ruleOf } from './support/rules.ts';

type Path = readonly (string | number)[];

function textPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => textPaths(child, [...path, key]));
}

function replaced(value: unknown, path: Path, change: (text: string) => string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === 'string' ? change(value) : value;
  if (Array.isArray(value))
    return value.map((item, index) =>
      String(index) === step ? replaced(item, rest, change) : item,
    );
  return Object.fromEntries(
    Object.entries(value as object).map(([key, child]) => [
      key,
      key === step ? replaced(child, rest, change) : child,
    ]),
  );
}

/** A cluster in which some texts, whatever they are for, are hostile or end so. */
function arbitraryHostileCluster(mode: Mode): fc.Arbitrary<Cluster> {
  const spot = fc.record({
    place: fc.nat(),
    text: arbitraryHostileString(),
    keepsStart: fc.boolean(),
  });
  return fc
    .tuple(
      arbitraryCluster({ mode, maxServices: 4 }),
      fc.array(spot, { minLength: 1, maxLength: 6 }),
    )
    .map(([cluster, spots]) =>
      spots.reduce<Cluster>((current, { place, text, keepsStart }) => {
        const paths = textPaths(current).filter(
          (path) => !['kind', 'apiVersion'].includes(String(path.at(-1))),
        );
        const path = paths[place % paths.length] ?? [];
        return replaced(current, path, (old) => (keepsStart ? old + text : text)) as Cluster;
      }, cluster),
    );
}

const routes: Readonly<Record<string, (cluster: Cluster) => ParsedSnapshot>> = {
  'parseSnapshot of JSON': (cluster) => parseSnapshot(printCluster(cluster)),
  'parseSnapshot of YAML': (cluster) =>
    parseSnapshot(
      clusterObjects(cluster)
        .map((object) => `---\n${stringify(object)}`)
        .join(''),
    ),
  createSnapshot: ({ services, endpointSlices, nodes, config, nodeState }) =>
    createSnapshot({ services, endpointSlices, nodes, config, nodeState }),
};

const cases = modes.flatMap((mode) =>
  Object.entries(routes).map(([route, parse]) => ({ mode, route, parse })),
);

test.for(cases)(
  'in mode $mode by $route, hostile text ends no word and no line of any form',
  ({ mode, parse }) => {
    let compiled = 0;
    fc.assert(
      fc.property(arbitraryHostileCluster(mode), (cluster) => {
        const { snapshot } = parse(cluster);
        if (findRefusals(snapshot, mode, defaultRelease).length > 0) {
          expect(() => compile(snapshot, mode)).toThrow(UnusableSnapshotError);
          return;
        }
        compiled++;
        const ruleset = compile(snapshot, mode);
        for (const form of forms)
          expectOnlyKnownLines(renderFiles(ruleset, { form }), { form, mode });
      }),
      { numRuns: 250 },
    );
    expect(compiled).toBeGreaterThan(100);
  },
);

test('a hostile scheduler is refused, or is one word after -s', () => {
  let printed = 0;
  fc.assert(
    fc.property(arbitraryHostileString(), (scheduler) => {
      const { snapshot } = createSnapshot(
        {
          services: [
            { metadata: { name: 'web' }, spec: { clusterIP: '10.96.0.1', ports: [{ port: 80 }] } },
          ],
          config: { mode: 'ipvs', ipvs: { scheduler } },
        },
        { nodeName: 'node-a' },
      );
      if (snapshot.unusable.length > 0) return;
      printed++;
      const { 'ipv4.ipvsadm': text } = renderFiles(compile(snapshot, 'ipvs'));
      expect(text).toBe(`-A -t 10.96.0.1:80 -s ${scheduler === '' ? 'rr' : scheduler}\n`);
    }),
    { numRuns: 1000 },
  );
  expect(printed).toBeGreaterThan(20);
});

test('the scheduler is checked for ipvs mode, whatever mode is configured', () => {
  const { snapshot } = createSnapshot(
    { config: { mode: 'iptables', ipvs: { scheduler: 'rr\n-C' } } },
    { nodeName: 'node-a' },
  );
  expect(snapshot.unusable).toEqual([]);
  expect(compile(snapshot, 'iptables').mode).toBe('iptables');
  expect(() => compile(snapshot, 'ipvs')).toThrow(UnusableSnapshotError);
});

/** A Service whose traffic is told from that of pods by the name of an interface; `undefined` where that is refused. */
function compileInterface(mode: Mode, name: string, isBridge: boolean): Ruleset | undefined {
  const { snapshot } = createSnapshot(
    {
      services: [
        { metadata: { name: 'web' }, spec: { clusterIP: '10.96.0.1', ports: [{ port: 80 }] } },
      ],
      endpointSlices: [
        {
          metadata: { name: 'web-a', labels: { 'kubernetes.io/service-name': 'web' } },
          addressType: 'IPv4',
          ports: [{ port: 80 }],
          endpoints: [{ addresses: ['10.0.0.1'] }],
        },
      ],
      config: {
        detectLocalMode: isBridge ? 'BridgeInterface' : 'InterfaceNamePrefix',
        detectLocal: { bridgeInterface: name, interfaceNamePrefix: name },
      },
    },
    { nodeName: 'node-a' },
  );
  const isRefused = findRefusals(snapshot, mode, defaultRelease).length > 0;
  return isRefused ? undefined : compile(snapshot, mode);
}

test('a hostile interface name is refused, or is one word after -i', () => {
  let printed = 0;
  fc.assert(
    fc.property(arbitraryHostileString(), fc.boolean(), (name, isBridge) => {
      const ruleset = compileInterface('iptables', name, isBridge);
      if (!ruleset) return;
      printed++;
      const files = renderFiles(ruleset);
      expectOnlyKnownLines(files, { form: 'restore' });
      const line = (files['ipv4.iptables'] ?? '')
        .split('\n')
        .find((text) => text.includes(' ! -i '));
      const words = readRestoreWords(line ?? '');
      expect(words[words.indexOf('-i') + 1]).toBe(isBridge ? name : `${name}+`);
    }),
    { numRuns: 1000 },
  );
  expect(printed).toBeGreaterThan(20);
});

test('in mode nftables it is refused, or is one word after iifname', () => {
  let printed = 0;
  fc.assert(
    fc.property(arbitraryHostileString(), fc.boolean(), (name, isBridge) => {
      const ruleset = compileInterface('nftables', name, isBridge);
      if (!ruleset) return;
      printed++;
      const files = renderFiles(ruleset);
      expectOnlyKnownLines(files, { form: 'restore', mode: 'nftables' });
      const word = isBridge ? name : `${name}*`;
      expect(files['ipv4.nft']).toContain(
        `services ip daddr @cluster-ips iifname != ${word} mark set mark or `,
      );
    }),
    { numRuns: 1000 },
  );
  expect(printed).toBeGreaterThan(20);
});

test('a hostile text of an nft element is refused by the printer, or is one word or one comment', () => {
  const origin = { reason: 'a test' };
  let printed = 0;
  fc.assert(
    fc.property(arbitraryHostileString(), (text) => {
      for (const [element, known] of [
        [{ key: ['a', text], origin }, /^a \. [\w.:/[\]-]+\*?$/],
        [{ key: ['a'], comment: text, origin }, /^a comment "[ !#-[\]-~]{0,128}"$/],
      ] as const) {
        try {
          expect(printElement(element)).toMatch(known);
          printed++;
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
        }
      }
    }),
    { numRuns: 500 },
  );
  expect(printed).toBeGreaterThan(50);
});

test('a hostile comment is refused by the printer, or reads back as that one word', () => {
  fc.assert(
    fc.property(arbitraryHostileString(), (text) => {
      const rule = ruleOf('A', [{ kind: 'comment', text }], { kind: 'DROP' });
      let line: string;
      try {
        line = printRule(rule);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        return;
      }
      expect(line).not.toContain('\n');
      expect(readRestoreWords(line)).toEqual([
        '-A',
        'A',
        '-m',
        'comment',
        '--comment',
        text,
        '-j',
        'DROP',
      ]);
    }),
    { numRuns: 500 },
  );
});

test('the longest names make no comment that the kernel refuses', () => {
  // xt_comment holds 256 bytes, the last of them zero.
  const label = 'a'.repeat(63);
  const address = '1111:2222:3333:4444:5555:6666:7777:8888';
  const ports = [{ name: label, port: 65535, nodePort: 65535, protocol: 'SCTP' }];
  const { snapshot } = createSnapshot(
    {
      services: [
        {
          metadata: { name: label, namespace: label },
          spec: {
            type: 'LoadBalancer',
            clusterIP: 'fd00::1',
            ports,
            externalTrafficPolicy: 'Local',
            healthCheckNodePort: 65535,
            loadBalancerSourceRanges: ['2001:db8::/32'],
          },
          status: { loadBalancer: { ingress: [{ ip: address }] } },
        },
      ],
      endpointSlices: [
        {
          metadata: {
            name: label,
            namespace: label,
            labels: { 'kubernetes.io/service-name': label },
          },
          addressType: 'IPv6',
          ports: [{ name: label, port: 65535, protocol: 'SCTP' }],
          endpoints: [{ addresses: [address] }],
        },
      ],
    },
    { nodeName: 'node-a' },
  );
  const { 'ipv6.iptables': text = '' } = renderFiles(compile(snapshot, 'iptables'));
  const comments = text.split('\n').flatMap((line) => {
    const words = readRestoreWords(line);
    return words.filter((_, index) => words[index - 1] === '--comment');
  });
  expect(comments).toContain(`${label}/${label}:${label} -> [${address}]:65535`);
  expect(Math.max(...comments.map((comment) => Buffer.byteLength(comment)))).toBeLessThan(256);
});
