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

test('in a table of nft an endpoint of a sticky Service comes and goes by its DNAT rule', () => {
  const changed = [
    line('added', 'add rule ip kube-proxy x meta l4proto tcp dnat to 10.0.0.1:80', '10.0.0.1:80'),
    line('removed', 'add rule ip kube-proxy y meta l4proto tcp dnat to 10.0.0.2:80', '10.0.0.2:80'),
    line('added', 'add chain ip kube-proxy x', '10.0.0.3:80'),
  ];
  expect(describeChanges({ golden: rule, compiled: rule, changed })).toMatchObject([
    { newEndpoints: ['10.0.0.1:80'], goneEndpoints: ['10.0.0.2:80'] },
  ]);
});

const chain = 'add chain ip kube-proxy service-AAAAAAAA-prod/web/tcp/http\n';
const rejected =
  'add element ip kube-proxy no-endpoint-services { 10.96.0.1 . tcp . 80 comment "prod/web:http" : goto reject-chain }\n';

test.for([
  { golden: '', compiled: chain, kind: 'new' },
  { golden: chain.replace('prod/', 'preprod/'), compiled: chain, kind: 'new' },
  { golden: chain.replace('/http', '/http2'), compiled: chain, kind: 'new' },
  { golden: '', compiled: rejected, kind: 'new' },
  { golden: chain, compiled: '', kind: 'gone' },
  { golden: rejected, compiled: chain, kind: 'changed' },
  { golden: chain, compiled: rejected, kind: 'changed' },
])('in a table of nft a service port is $kind', ({ golden, compiled, kind }) => {
  expect(
    describeChanges({ golden, compiled, changed: [line('added', 'x')] }).map((one) => one.kind),
  ).toEqual([kind]);
});

test('lines of nobody change no Service', () => {
  const changed: DiffLine[] = [
    { kind: 'added', text: 'x' },
    { kind: 'added', text: 'y', owner: { text: 'every node, masquerade' } },
  ];
  expect(describeChanges({ golden: rule, compiled: rule, changed })).toEqual([]);
});

test('in a document that names no Service, servers come and go with their endpoints', () => {
  const golden = '-a -t 10.96.0.10:80 -r 10.0.0.2:80 -m -w 1\n';
  const changed = [
    line('removed', golden.trim(), '10.0.0.2:80'),
    line('added', '-a -t 10.96.0.10:80 -r 10.0.0.1:80 -m -w 1', '10.0.0.1:80 [node-a]'),
  ];
  expect(describeChanges({ golden, compiled: '', changed })).toMatchObject([
    { kind: 'changed', newEndpoints: ['10.0.0.1:80 [node-a]'], goneEndpoints: ['10.0.0.2:80'] },
  ]);
});
