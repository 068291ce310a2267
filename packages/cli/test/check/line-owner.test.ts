import { compile, parseSnapshot, renderFiles, type Ruleset } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { ownerFinder, servicePortsOf } from '../../src/check/line-owner.ts';
import { clusterText, largeCluster, web } from '../support/cluster.ts';

function compiled(text: string): Ruleset {
  return compile(parseSnapshot(text).snapshot, 'iptables');
}

const empty = compiled(clusterText({}));
const ofWeb = compiled(clusterText(web));
const golden = renderFiles(ofWeb)['ipv4.iptables'] ?? '';

/** The line of `text` that holds all these words, and no `-A` before them if they are a chain's. */
function lineWith(text: string, ...words: string[]): string {
  return text.split('\n').find((line) => words.every((word) => line.includes(word))) ?? 'none';
}

const chain = {
  service: /-j (KUBE-SVC-\w+)/.exec(lineWith(golden, 'prod/web:http cluster IP'))?.[1] ?? '',
  endpoint: /-A (KUBE-SEP-\w+)/.exec(lineWith(golden, '--to-destination 10.244.1.5'))?.[1] ?? '',
};

const rows = [
  {
    words: ['prod/web:http cluster IP', '-A KUBE-SERVICES'],
    compiled: 'prod/web:http, cluster IP',
    gone: 'prod/web:http',
  },
  { words: [`:${chain.service} `], compiled: 'prod/web:http', gone: 'prod/web:http' },
  {
    words: [`:${chain.endpoint} `],
    compiled: 'prod/web:http, endpoint 10.244.1.5:8080 [node-a]',
    gone: 'prod/web:http, endpoint 10.244.1.5:8080',
  },
  {
    words: ['--to-destination 10.244.1.5'],
    compiled: 'prod/web:http, endpoint 10.244.1.5:8080 [node-a]',
    gone: 'prod/web:http, endpoint 10.244.1.5:8080',
  },
  {
    words: ['-s 10.244.1.5 -j KUBE-MARK-MASQ'],
    compiled: 'prod/web:http, endpoint 10.244.1.5:8080 [node-a]',
    gone: 'prod/web:http, endpoint 10.244.1.5:8080',
  },
  {
    words: ['prod/web:http -> 10.244.1.5:8080'],
    compiled: 'prod/web:http, endpoint 10.244.1.5:8080 [node-a]',
    gone: 'prod/web:http, endpoint 10.244.1.5:8080',
  },
];

test.for(rows)('$words of a compiled document is $compiled', ({ words, compiled }) => {
  const owner = ownerFinder(ofWeb, '')(lineWith(golden, ...words));
  expect(owner).toEqual({ servicePort: 'prod/web:http', text: compiled });
});

test.for(rows)('$words of a golden document only is $gone', ({ words, gone }) => {
  const owner = ownerFinder(empty, golden)(lineWith(golden, ...words));
  expect(owner).toEqual({ servicePort: 'prod/web:http', text: gone });
});

test.for(['*nat', 'COMMIT', ':KUBE-SERVICES - [0:0]', '', '-A KUBE-FOO -j ACCEPT', '# a/b'])(
  '"%s" is nobody’s',
  (line) => {
    expect(ownerFinder(ofWeb, golden)(line)).toBeUndefined();
  },
);

test('a rule that every node has says so', () => {
  const line = lineWith(golden, '-j MARK --or-mark');
  expect(ownerFinder(ofWeb, golden)(line)).toMatchObject({
    text: expect.stringMatching(/^every node, /),
  });
});

test('in a large cluster, whose rules have no comments, a gone endpoint still has its owner', () => {
  const text = renderFiles(compiled(clusterText(largeCluster(600, 10))))['ipv4.iptables'] ?? '';
  const line = lineWith(text, '--to-destination 10.11.2.1:');
  expect(line).not.toContain('--comment');
  expect(ownerFinder(empty, text)(line)).toEqual({
    servicePort: 'prod/s513:http',
    text: 'prod/s513:http, endpoint 10.11.2.1:8080',
  });
});

test('the service ports of a document are those that its rules name', () => {
  expect([...servicePortsOf(golden)].toSorted()).toEqual(['prod/cart:http', 'prod/web:http']);
  expect(servicePortsOf('')).toEqual(new Set());
});

test('in a table of nft they are those of its chains, and of the comments of what has none', () => {
  const text = clusterText({ ...web, 'prod/idle': [] });
  const { 'ipv4.nft': table = '' } = renderFiles(compile(parseSnapshot(text).snapshot, 'nftables'));
  expect([...servicePortsOf(table)].toSorted()).toEqual([
    'prod/cart:http',
    'prod/idle:http',
    'prod/web:http',
  ]);
});

test('the owner of a line of nft is found in mode nftables', () => {
  const ruleset = compile(parseSnapshot(clusterText(web)).snapshot, 'nftables');
  const line = 'add chain ip kube-proxy service-AAAAAAAA-a/b/tcp/c';
  expect(ownerFinder(ruleset, '')(line)?.text).toBe('a/b:c');
});

const userspace = compile(parseSnapshot(clusterText(web)).snapshot, 'userspace');
const listeners = renderFiles(userspace)['ipv4.listeners'] ?? '';

test('a listener is its service port’s, in the compiled documents and in golden ones', () => {
  const line = lineWith(listeners, 'prod/web:http');
  expect(ownerFinder(userspace, '')(line)).toEqual({
    servicePort: 'prod/web:http',
    text: 'prod/web:http, listener',
  });
  expect(ownerFinder(empty, listeners)(line)).toEqual({
    servicePort: 'prod/web:http',
    text: 'prod/web:http',
  });
  expect(servicePortsOf(listeners)).toEqual(new Set(['prod/web:http', 'prod/cart:http']));
});
