import * as fc from 'fast-check';
import { arbitraryCluster, clusterObjects, printCluster } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { createSnapshot, type SnapshotInput } from '../../src/snapshot/create-snapshot.ts';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';

test('gives the same snapshot as parseSnapshot for the same objects, but for where the configuration comes from', () => {
  fc.assert(
    fc.property(arbitraryCluster(), (cluster) => {
      const input = JSON.parse(JSON.stringify(cluster)) as SnapshotInput;
      const made = createSnapshot(input, { nodeName: 'node-a' });
      const parsed = parseSnapshot(printCluster(clusterObjects(cluster)), { nodeName: 'node-a' });
      const plain = ({ snapshot, diagnostics }: typeof made): unknown => [
        {
          ...snapshot,
          configSources: undefined,
          unusable: snapshot.unusable.map(({ code }) => code),
        },
        diagnostics.map(({ code, message, objects }) => ({ code, message, objects })),
      ];
      expect(plain(made)).toEqual(plain(parsed));
    }),
    { numRuns: 50 },
  );
});

test('an empty input is a snapshot without objects, and without a node', () => {
  const { snapshot, diagnostics } = createSnapshot({});
  expect(snapshot).toMatchObject({
    nodeName: '',
    services: [],
    endpointSlices: [],
    nodes: [],
    nodeState: {},
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(['CONFIG_MISSING', 'NODE_AMBIGUOUS']);
});

test('needs no kind and apiVersion, checks as parseSnapshot does, and changes nothing', () => {
  const input: SnapshotInput = Object.freeze({
    services: Object.freeze([
      {
        metadata: { name: 'web' },
        spec: { clusterIP: '10.96.0.1', ports: [{ port: 80 }, { port: 0 }] },
      },
      { metadata: { name: 'Bad' } },
    ]),
    nodes: [{ metadata: { name: 'node-a' } }],
    config: { mode: 'iptables', iptables: { masqueradeBit: 99 } },
    nodeState: { nodeName: 'node-a' },
  });
  const { snapshot, diagnostics } = createSnapshot(input);
  expect(snapshot.services).toMatchObject([
    { metadata: { namespace: 'default' }, spec: { ports: [{ port: 80 }] } },
  ]);
  expect(diagnostics.map(({ code, objects, range }) => [code, objects[0]?.path, range])).toEqual([
    ['PORT_NUMBER_INVALID', 'spec.ports[1].port', undefined],
    ['NAME_INVALID', 'metadata.name', undefined],
    ['FIELD_MISSING', 'spec', undefined],
    ['CONFIG_VALUE_INVALID', 'iptables.masqueradeBit', undefined],
  ]);
});

test('never throws for objects of any shape', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (objects, one) => {
      const input = {
        services: objects,
        endpointSlices: objects,
        nodes: objects,
        config: one,
        nodeState: one,
      };
      expect(createSnapshot(input as SnapshotInput).snapshot).toBeDefined();
    }),
  );
});
