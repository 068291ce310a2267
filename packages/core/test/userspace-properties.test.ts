import {
  audit,
  compile,
  parseListeners,
  parseSnapshot,
  printListeners,
  readDumps,
  renderFiles,
  type Snapshot,
  type UserspaceRuleset,
} from '@kube-rules/core';
import { arbitraryCluster, printCluster } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

function arbitrarySnapshot(): fc.Arbitrary<Snapshot> {
  return arbitraryCluster({ mode: 'userspace' }).map(
    (cluster) => parseSnapshot(printCluster(cluster)).snapshot,
  );
}

function familiesOf({ ipv4, ipv6 }: UserspaceRuleset) {
  return [ipv4, ipv6];
}

function portsOf(ruleset: UserspaceRuleset): Map<string, number> {
  return new Map(
    familiesOf(ruleset).flatMap(({ listeners }) =>
      listeners.map(({ servicePort, protocol, port }) => [`${servicePort}/${protocol}`, port]),
    ),
  );
}

/** The Services as they came, one a day. */
function withCreation(snapshot: Snapshot, order: readonly number[]): Snapshot {
  const services = snapshot.services.map((service, index) => {
    const day = new Date(Date.UTC(2026, 0, 1 + (order[index] ?? 0)));
    return { ...service, metadata: { ...service.metadata, creationTimestamp: day.toISOString() } };
  });
  return { ...snapshot, services };
}

test('each rule leads to the listener of its service port, and each port is one’s', () => {
  let seen = 0;
  fc.assert(
    fc.property(arbitrarySnapshot(), (snapshot) => {
      const ruleset = compile(snapshot, 'userspace');
      const ports = portsOf(ruleset);
      expect(new Set(ports.values()).size).toBe(ports.size);
      for (const { document, listeners } of familiesOf(ruleset)) {
        const claims = listeners.flatMap((one) =>
          (one.claims ?? []).map((claim) => `${claim}/${one.protocol}`),
        );
        expect(new Set(claims).size).toBe(claims.length);
        const claimed = claims.map((claim) => Number(/(\d+)\/\w+$/.exec(claim)?.[1]));
        expect(claimed.filter((port) => [...ports.values()].includes(port))).toEqual([]);
        for (const { target, origin } of document.tables.flatMap(({ rules }) => rules)) {
          const port = ports.get(`${origin.servicePort}/${origin.protocol}`);
          if (target?.kind === 'REDIRECT') expect(target.port).toBe(port);
          if (target?.kind === 'DNAT') expect(target.destination).toMatch(new RegExp(`:${port}$`));
          seen++;
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(seen).toBeGreaterThan(1000);
});

test('a Service that comes last moves no port, in a range that is nearly full', () => {
  let together = 0;
  fc.assert(
    fc.property(
      arbitrarySnapshot(),
      fc.uniqueArray(fc.nat(99), { minLength: 8, maxLength: 8 }),
      (snapshot, order) => {
        const { services } = withCreation(snapshot, order);
        if (services.length < 2) return;
        const config = { ...snapshot.config, portRange: '20000-20040' };
        const last = [...services.keys()].toSorted((a, b) => (order[b] ?? 0) - (order[a] ?? 0))[0];
        const compileThese = (these: Snapshot['services']) =>
          portsOf(compile({ ...snapshot, services: these, config }, 'userspace'));
        const all = compileThese(services);
        for (const [key, port] of compileThese(services.filter((_, index) => index !== last))) {
          expect(all.get(key)).toBe(port);
          together++;
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(together).toBeGreaterThan(300);
});

test('what a node has stays, and compiles to the same', () => {
  fc.assert(
    fc.property(arbitrarySnapshot(), (snapshot) => {
      const ruleset = compile(snapshot, 'userspace');
      const proxyPorts = Object.fromEntries(portsOf(ruleset));
      expect(compile(snapshot, 'userspace', { proxyPorts })).toEqual(ruleset);
      const nodeState = { ...snapshot.nodeState, proxyPorts };
      expect(compile({ ...snapshot, nodeState }, 'userspace')).toEqual(ruleset);
    }),
  );
});

test('listeners are read as they were printed, and their dump audits whole', () => {
  fc.assert(
    fc.property(arbitrarySnapshot(), (snapshot) => {
      const files = renderFiles(compile(snapshot, 'userspace'));
      for (const name of ['ipv4.listeners', 'ipv6.listeners']) {
        const { listeners, diagnostics } = parseListeners(files[name] ?? '');
        expect(diagnostics).toEqual([]);
        expect(printListeners(listeners.map(({ listener }) => listener))).toBe(files[name]);
      }
      expect(audit(snapshot, 'userspace', files)).toMatchObject({ isWhole: true, findings: [] });
    }),
    { numRuns: 50 },
  );
});

test('a node without a dump of its listeners is whole, one with a wrong one is not', () => {
  let wrong = 0;
  fc.assert(
    fc.property(arbitrarySnapshot(), (snapshot) => {
      const files = renderFiles(compile(snapshot, 'userspace'));
      const { 'ipv4.listeners': listeners = '', 'ipv6.listeners': _, ...kernel } = files;
      expect(audit(snapshot, 'userspace', kernel)).toMatchObject({ isWhole: true, unseen: [] });
      if (listeners === '') return;
      wrong++;
      const other = listeners.replace(/"port":\d+/, '"port":9');
      const found = audit(snapshot, 'userspace', { ...kernel, 'ipv4.listeners': other });
      expect(found.isWhole).toBe(false);
      expect(found.broken).toHaveLength(1);
    }),
    { numRuns: 30 },
  );
  expect(wrong).toBeGreaterThan(10);
});

test('rules of userspace mode are leftovers in the other modes', () => {
  fc.assert(
    fc.property(arbitrarySnapshot(), (snapshot) => {
      const { 'ipv4.iptables': iptables = '', 'ipv4.jumps': jumps = '' } = renderFiles(
        compile(snapshot, 'userspace'),
      );
      const { rules } = readDumps({ 'ipv4.iptables': iptables, 'ipv4.jumps': jumps });
      expect(rules.length).toBeGreaterThan(0);
      const { findings } = audit(snapshot, 'nftables', {
        ...renderFiles(compile(snapshot, 'nftables')),
        'ipv4.iptables': iptables,
        'ipv4.jumps': jumps,
      });
      const chains = new Set(findings.map(({ container }) => container));
      expect([...chains].toSorted()).toEqual([
        'INPUT',
        'KUBE-NODEPORT-CONTAINER',
        'KUBE-NODEPORT-HOST',
        'KUBE-NODEPORT-NON-LOCAL',
        'KUBE-PORTALS-CONTAINER',
        'KUBE-PORTALS-HOST',
        'OUTPUT',
        'PREROUTING',
      ]);
    }),
    { numRuns: 10 },
  );
});
