import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import { chooseNode, type ChosenNode } from '../../src/snapshot/choose-node.ts';

interface Given {
  readonly asked?: string;
  readonly override?: string;
  readonly states?: readonly (string | undefined)[];
  readonly nodes?: readonly string[];
  readonly machineName?: string;
}

function choose({ asked, override = '', states = [], nodes = [], machineName }: Given): ChosenNode {
  return chooseNode({
    asked,
    machineName,
    config: { ...defaultConfiguration, hostnameOverride: override },
    nodeStates: states.map((nodeName) => (nodeName === undefined ? {} : { nodeName })),
    nodes: nodes.map((name) => ({ metadata: { name } })),
  });
}

test.for<[string, Given, string]>([
  ['the name asked for', { asked: 'b', override: 'a', states: ['a'], nodes: ['a', 'b'] }, 'b'],
  ['else hostnameOverride', { override: 'b', states: ['a'], nodes: ['a', 'b'] }, 'b'],
  ["else the only NodeState's", { states: ['b'], nodes: ['a', 'b'] }, 'b'],
  [
    'else that of the only NodeState that names one',
    { states: [undefined, 'b'], nodes: ['a', 'b'] },
    'b',
  ],
  ["else the machine's, if a Node has it", { nodes: ['a', 'b'], machineName: 'b' }, 'b'],
  [
    "the only NodeState's before the machine's",
    { states: ['b'], nodes: ['a', 'b'], machineName: 'a' },
    'b',
  ],
  ["the only Node's where none has the machine's", { nodes: ['b'], machineName: 'a' }, 'b'],
  ["else the only Node's", { states: ['a', 'b'], nodes: ['b'] }, 'b'],
  ['a name that is empty or blank is none', { asked: '', override: ' ', nodes: ['b'] }, 'b'],
  ['names are trimmed and lower-cased', { asked: ' Node-B\n', nodes: ['node-b'] }, 'node-b'],
  [
    'hostnameOverride is trimmed and lower-cased',
    { override: ' Node-B ', nodes: ['node-b', 'a'] },
    'node-b',
  ],
])('chooses %s', ([, given, nodeName]) => {
  expect(choose(given)).toEqual({ nodeName, diagnostics: [] });
});

const many = Array.from({ length: 12 }, (_, index) => `n${index}`);

test.for<[Given, string, string, string]>([
  [{}, '', 'NODE_AMBIGUOUS', 'The snapshot holds no Node, and no node name is given.'],
  [{ nodes: ['a', 'b'] }, '', 'NODE_AMBIGUOUS', 'Rules are made for one node; choose one of a, b.'],
  [
    { nodes: many, states: ['n1', 'n2'] },
    '',
    'NODE_AMBIGUOUS',
    'Rules are made for one node; choose one of n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 2 more.',
  ],
  [
    { asked: 'a' },
    'a',
    'NODE_MISSING',
    'The snapshot holds no Node a: its addresses, zone and pod CIDRs are not known.',
  ],
  [
    { asked: 'node-c', nodes: ['node-a', 'other'] },
    'node-c',
    'NODE_UNKNOWN',
    'The snapshot has no Node "node-c"; did you mean node-a?',
  ],
  [
    { override: 'xyz', nodes: ['node-a', 'node-b'] },
    'xyz',
    'NODE_UNKNOWN',
    'The snapshot has no Node "xyz"; the Nodes are node-a, node-b.',
  ],
])('case %#: %j leaves a doubt', ([given, nodeName, code, message]) => {
  const chosen = choose(given);
  expect(chosen.nodeName).toBe(nodeName);
  expect(chosen.diagnostics).toMatchObject([{ code, message }]);
});
