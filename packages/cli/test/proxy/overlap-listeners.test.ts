import type { Listener } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { overlapListeners } from '../../src/proxy/overlap-listeners.ts';
import { tcp } from '../support/listeners.ts';

const web = tcp('prod/web:http', 20_001);
const api = tcp('prod/api:http', 20_002);

test('what is new listens beside what goes', () => {
  expect(overlapListeners([web], [api])).toEqual([web, api]);
  expect(overlapListeners([], [web, api])).toEqual([web, api]);
  expect(overlapListeners([web, api], [])).toEqual([web, api]);
});

test('what stays has its new endpoints and affinity at once', () => {
  const next: Listener = { ...web, endpoints: ['10.0.0.9:80'], affinityTimeout: 60 };
  expect(overlapListeners([web], [next])).toEqual([next]);
});

test('a service port that moves listens on both ports', () => {
  const moved = { ...web, port: 20_009 };
  expect(overlapListeners([web], [moved])).toEqual([web, moved]);
});

test('nobody listens on a port of another before that is gone', () => {
  expect(overlapListeners([web], [{ ...api, port: web.port }])).toEqual([web]);
  const claimed = { ...web, claims: ['192.0.2.11:20002'] };
  expect(overlapListeners([claimed], [api])).toEqual([claimed]);
});

test.for<readonly [where: string, listener: Listener]>([
  ['in the other family', { ...api, port: web.port, address: '::' }],
  ['in the other protocol', { ...api, port: web.port, protocol: 'udp' }],
])('the same number is another port %s', ([, listener]) => {
  expect(overlapListeners([web], [listener])).toEqual([web, listener]);
});

test('claims of before and after are held, but no port by two', () => {
  const before = [
    { ...web, claims: ['0.0.0.0:30080'] },
    { ...api, claims: ['0.0.0.0:30090'] },
  ];
  const after = [
    { ...web, claims: ['0.0.0.0:30081', '192.0.2.11:30080', '192.0.2.11:30090'] },
    tcp('prod/new:http', 20_003, { claims: ['0.0.0.0:30080', '0.0.0.0:30082'] }),
  ];
  expect(overlapListeners(before, after)).toEqual([
    { ...web, claims: ['0.0.0.0:30080', '0.0.0.0:30081'] },
    { ...api, claims: ['0.0.0.0:30090'] },
    tcp('prod/new:http', 20_003, { claims: ['0.0.0.0:30082'] }),
  ]);
});
