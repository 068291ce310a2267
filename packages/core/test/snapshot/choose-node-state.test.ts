import { expect, test } from 'vitest';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';
import type { ParsedSnapshot } from '../../src/snapshot/snapshot.ts';

function parse(text: string): ParsedSnapshot {
  return parseSnapshot(text, { nodeName: 'node-a' });
}

function state(fields: string): string {
  return `apiVersion: kube-rules/v1alpha1\nkind: NodeState\n${fields}\n`;
}

test.for<[string, string[], Record<string, number> | undefined]>([
  [
    "the node's own",
    ['nodeName: node-b\nsysctls: {x: 1}', 'nodeName: node-a\nsysctls: {x: 2}'],
    { x: 2 },
  ],
  [
    'the last of several of the node',
    ['nodeName: node-a\nsysctls: {x: 1}', 'nodeName: node-a\nsysctls: {x: 2}'],
    { x: 2 },
  ],
  ["nobody's", ['nodeName: node-b\nsysctls: {x: 1}', 'sysctls: {x: 2}'], { x: 2 }],
  [
    'one whose name is trimmed and lower-cased',
    ['nodeName: " Node-A "\nsysctls: {x: 1}', 'nodeName: b'],
    { x: 1 },
  ],
  ['the only one, whatever its name', ['nodeName: host-17\nsysctls: {x: 1}'], { x: 1 }],
  [
    'none where all are of other nodes',
    ['nodeName: b\nsysctls: {x: 1}', 'nodeName: c\nsysctls: {x: 2}'],
    undefined,
  ],
])('the NodeState is %s', ([, states, sysctls]) => {
  const { snapshot } = parse(states.map(state).join('---\n'));
  expect(snapshot.nodeState.sysctls).toEqual(sysctls);
});

test('a NodeState may name the node', () => {
  expect(parseSnapshot(state('nodeName: node-c')).snapshot.nodeName).toBe('node-c');
});

test('unknown fields of a NodeState are reported, with a hint where one is near', () => {
  const parsed = parse(
    state(
      'node: a\ninterface: []\nsysctls: {any: 1}\niptables: {randomfully: true, zzz: 1}\nmetadata: {name: x}\nqqqqqqqq: 1',
    ),
  );
  expect(
    parsed.diagnostics
      .filter(({ code }) => code === 'CONFIG_FIELD_UNKNOWN')
      .map(({ message, objects }) => `${objects[0]?.path}: ${message}`),
  ).toMatchObject(
    [
      /^node: A NodeState has no such field/,
      /^interface: .*did you mean "interfaces"/,
      /^iptables\.randomfully: .*did you mean "randomFully"/,
      /^iptables\.zzz: A NodeState has no such field\.$/,
      /^qqqqqqqq: A NodeState has no such field\.$/,
    ].map((pattern) => expect.stringMatching(pattern)),
  );
});
