import { expect, test } from 'vitest';
import { compile, modes, type Mode } from '../src/compile.ts';
import {
  createSnapshot,
  layouts,
  parseSnapshot,
  releases,
  type Layout,
  type NftablesRuleset,
  type Release,
  type Snapshot,
} from '../src/index.ts';
import { UnusableSnapshotError } from '../src/unusable-snapshot-error.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from './support/cluster.ts';

test('every mode and release compiles, into rules that say which', () => {
  const known: Readonly<Record<Mode, readonly Release[]>> = {
    iptables: releases,
    ipvs: releases,
    userspace: releases,
    nftables: ['1.36'],
  };
  expect(modes).toEqual(Object.keys(known));
  for (const mode of modes) {
    for (const release of known[mode])
      expect(compile(snapshotOf(), mode, { release })).toMatchObject({ mode, release });
  }
});

test('the newest release is the default', () => {
  expect(compile(snapshotOf(), 'iptables').release).toBe('1.36');
  expect(compile(snapshotOf(), 'iptables')).toEqual(
    compile(snapshotOf(), 'iptables', { release: '1.36' }),
  );
});

test.for(['kernelspace', 'IPTABLES', '', 'toString', '__proto__'])(
  'the mode "%s" is not known, and the message says which are',
  (mode) => {
    expect(() => compile(snapshotOf(), mode as Mode)).toThrow(
      new TypeError(`mode ${JSON.stringify(mode)} is not known; use ${modes.join(' or ')}`),
    );
  },
);

test.for(['1.29', '1.37', 'v1.36', ''])(
  'the release "%s" is not known, and the message says which are',
  (release) => {
    expect(() => compile(snapshotOf(), 'iptables', { release: release as Release })).toThrow(
      new TypeError(`release ${JSON.stringify(release)} is not known; use 1.30 or 1.36`),
    );
  },
);

function refusal(
  snapshot: Snapshot,
  release: Release = '1.36',
  mode: Mode = 'iptables',
): UnusableSnapshotError {
  try {
    compile(snapshot, mode, { release });
  } catch (error) {
    if (error instanceof UnusableSnapshotError) return error;
    throw error;
  }
  throw new Error('not refused');
}

test('a snapshot of two nodes is refused without a choice', () => {
  const nodes = ['node-a', 'node-b'].map((name) => nodeInput({ metadata: { name } }));
  const { snapshot } = createSnapshot({ nodes });
  expect(refusal(snapshot).message).toBe(
    'NODE_AMBIGUOUS: Rules are made for one node; choose one of node-a, node-b.',
  );
  expect(
    compile(createSnapshot({ nodes }, { nodeName: 'node-b' }).snapshot, 'iptables').nodeName,
  ).toBe('node-b');
});

test('a snapshot of no node is refused without a name', () => {
  const { snapshot } = parseSnapshot('');
  expect(refusal(snapshot).diagnostics.map(({ code }) => code)).toEqual(['NODE_AMBIGUOUS']);
  expect(compile(parseSnapshot('', { nodeName: 'node-x' }).snapshot, 'iptables').nodeName).toBe(
    'node-x',
  );
});

test('a node that the snapshot does not have is refused', () => {
  const { snapshot } = createSnapshot({ nodes: [nodeInput()] }, { nodeName: 'node-b' });
  expect(refusal(snapshot).message).toBe(
    'NODE_UNKNOWN: The snapshot has no Node "node-b"; did you mean node-a?',
  );
});

test('an invalid configuration and an unknown node are refused at once, each reason once', () => {
  const { snapshot } = createSnapshot(
    {
      nodes: [nodeInput()],
      config: {
        clusterCIDR: 'nonsense',
        iptables: { masqueradeBit: 32 },
        nodePortAddresses: ['10.0.0.0/8', '10.0.0.1'],
      },
    },
    { nodeName: 'elsewhere' },
  );
  const { diagnostics } = refusal(snapshot);
  expect(
    diagnostics.map(({ code, objects }) => `${code} ${objects[0]?.path ?? ''}`).toSorted(),
  ).toEqual([
    'CONFIG_VALUE_INVALID clusterCIDR',
    'CONFIG_VALUE_INVALID iptables.masqueradeBit',
    'CONFIG_VALUE_INVALID nodePortAddresses[1]',
    'NODE_UNKNOWN ',
  ]);
});

test('the keyword primary is refused in release 1.30, and in no later one', () => {
  const snapshot = snapshotOf({ config: { nodePortAddresses: ['primary'] } });
  expect(refusal(snapshot, '1.30').message).toBe(
    'CONFIG_VALUE_INVALID: "primary" is no CIDR in release 1.30.',
  );
  expect(compile(snapshot, 'iptables').release).toBe('1.36');
});

test('mode nftables is refused in release 1.30, gate or not', () => {
  for (const featureGates of [{}, { NFTablesProxyMode: true }]) {
    expect(refusal(snapshotOf({ config: { featureGates } }), '1.30', 'nftables').message).toBe(
      'CONFIG_VALUE_INVALID: Mode nftables is known as release 1.36 writes it; release 1.30 has another layout.',
    );
  }
});

test('a wrong Service does not make a snapshot unusable', () => {
  const snapshot = snapshotOf({ services: [{ metadata: { name: 'Not A Name' } }] });
  expect(compile(snapshot, 'iptables').summary.services).toBe(0);
});

test('nftables rules lie as those of kube-proxy unless told', () => {
  expect(layouts).toEqual(['kube-proxy', 'fast']);
  expect(compile(snapshotOf(), 'nftables').layout).toBe('kube-proxy');
  for (const layout of layouts)
    expect(compile(snapshotOf(), 'nftables', { layout }).layout).toBe(layout);
});

test.for(['', 'slow', 'toString', 'Fast'])('the layout "%s" is not known', (layout) => {
  expect(() => compile(snapshotOf(), 'nftables', { layout: layout as Layout })).toThrow(
    new TypeError(`layout ${JSON.stringify(layout)} is not known; use kube-proxy or fast`),
  );
});

test.for(['iptables', 'ipvs'] as const)('mode %s has one layout', (mode) => {
  expect(() => compile(snapshotOf(), mode, { layout: 'fast' })).toThrow(
    new TypeError('layout "fast" is not known; use kube-proxy'),
  );
  expect(compile(snapshotOf(), mode, { layout: 'kube-proxy' })).toEqual(
    compile(snapshotOf(), mode),
  );
});

const slots = ({ ipv4: { table } }: NftablesRuleset): string[] =>
  table.maps.flatMap(({ name, elements }) =>
    name === 'endpoints-tcp'
      ? elements.map(({ key, destination }) => `${key[2]} ${destination?.ip}`)
      : [],
  );

test('with the ruleset before, endpoints keep their slots; with a time, free ones are used again', () => {
  const sticky = { sessionAffinity: 'ClientIP' } as const;
  const next = (byte: number, previous?: NftablesRuleset, time?: number): NftablesRuleset => {
    const endpoints = [{ addresses: [`10.180.0.${byte}`], nodeName: 'node-b' }];
    const snapshot = snapshotOf({
      services: [serviceInput(sticky)],
      endpointSlices: [sliceInput({ endpoints })],
    });
    return compile(snapshot, 'nftables', {
      layout: 'fast',
      ...(previous && { previous }),
      ...(time !== undefined && { time }),
    });
  };
  const first = next(1);
  expect(slots(first)).toEqual(['0 10.180.0.1']);
  const second = next(2, first, 10);
  expect(slots(second)).toEqual(['1 10.180.0.2', '0 10.180.0.1']);
  expect(slots(next(3, second, 10_809))).toEqual(['2 10.180.0.3', '1 10.180.0.2']);
  expect(slots(next(3, second, 10_810))).toEqual(['0 10.180.0.3', '1 10.180.0.2']);
  // Without a time slots are never given away.
  expect(slots(next(3, next(2, first)))).toEqual(['2 10.180.0.3', '1 10.180.0.2']);
  expect(slots(next(2))).toEqual(['0 10.180.0.2']);
});
