import { expect, test } from 'vitest';
import { describeChanges } from '../../src/check/describe-changes.ts';
import type { DiffLine } from '../../src/check/diff-lines.ts';

const servicePort = 'prod/web:http';
const rule = `-A X -m comment --comment "${servicePort} cluster IP" -j Y\n`;
const elsewhere = rule.replace('prod/', 'preprod/').replace(':http', ':http2');

function line(kind: 'added' | 'removed', text: string, endpoint?: string): DiffLine {
  const owner = endpoint === undefined ? servicePort : `${servicePort}, endpoint ${endpoint}`;
  return { kind, text, owner: { servicePort, text: owner } };
}

test.for([
  { golden: '', compiled: rule, kind: 'new' },
  { golden: elsewhere, compiled: rule, kind: 'new' },
  { golden: rule.replace('http', 'http2'), compiled: rule, kind: 'new' },
  { golden: rule, compiled: elsewhere, kind: 'gone' },
  { golden: rule, compiled: rule, kind: 'changed' },
])('a service port is $kind', ({ golden, compiled, kind }) => {
  const changed = [line('added', 'x'), line('removed', 'y'), line('added', 'z')];
  expect(describeChanges({ golden, compiled, changed })).toEqual([
    { servicePort, kind, added: 2, removed: 1, newEndpoints: [], goneEndpoints: [] },
  ]);
});

test('endpoints come and go by their DNAT rules, and one in both did neither', () => {
  const dnat = ' --to-destination x';
  const changed = [
    line('added', dnat, '10.0.0.1:80 [node-a]'),
    line('removed', dnat, '10.0.0.2:80'),
    line('removed', dnat, '10.0.0.3:80'),
    line('added', dnat, '10.0.0.3:80 [node-b]'),
    line('added', 'a jump', '10.0.0.4:80'),
  ];
  expect(describeChanges({ golden: rule, compiled: rule, changed })).toMatchObject([
    { newEndpoints: ['10.0.0.1:80 [node-a]'], goneEndpoints: ['10.0.0.2:80'] },
  ]);
});

test('lines of nobody change no Service', () => {
  const changed: DiffLine[] = [
    { kind: 'added', text: 'x' },
    { kind: 'added', text: 'y', owner: { text: 'every node, masquerade' } },
  ];
  expect(describeChanges({ golden: rule, compiled: rule, changed })).toEqual([]);
});
