import { expect, test } from 'vitest';
import { createBalancer, type Balancer } from '../../src/userspace/balancer.ts';

const [a, b, c] = ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80'];

function balancerOf(endpoints: readonly string[], affinityTimeout?: number): Balancer {
  const balancer = createBalancer();
  balancer.update({ endpoints, affinityTimeout });
  return balancer;
}

function pickMany(balancer: Balancer, times: number, client = '1.1.1.1'): (string | undefined)[] {
  return Array.from({ length: times }, () => balancer.pickEndpoint({ client, now: 0 }));
}

test('goes round from the first endpoint on', () => {
  expect(pickMany(balancerOf([a, b, c]), 7)).toEqual([a, b, c, a, b, c, a]);
});

test('without endpoints there is none to pick', () => {
  expect(pickMany(balancerOf([]), 2)).toEqual([undefined, undefined]);
});

test('starts again from the first endpoint when the list changes', () => {
  const balancer = balancerOf([a, b, c]);
  pickMany(balancer, 2);
  balancer.update({ endpoints: [a, b] });
  expect(pickMany(balancer, 3)).toEqual([a, b, a]);
});

test('goes on where it was when the list is the same, in whatever order', () => {
  const balancer = balancerOf([a, b, c]);
  pickMany(balancer, 1);
  balancer.update({ endpoints: [c, b, a] });
  expect(pickMany(balancer, 3)).toEqual([b, c, a]);
});

test('a client keeps its endpoint while its affinity is younger than the timeout', () => {
  const balancer = balancerOf([a, b], 10);
  const pick = (now: number, client = '1.1.1.1'): string | undefined =>
    balancer.pickEndpoint({ client, now });
  expect([pick(0), pick(1), pick(2, '2.2.2.2'), pick(3)]).toEqual([a, a, b, a]);
  expect(pick(3 + 9_999)).toBe(a);
  expect(pick(3 + 9_999 + 9_999)).toBe(a);
  expect(pick(3 + 9_999 + 9_999 + 10_000, '3.3.3.3')).toBe(a);
  expect(pick(3 + 9_999 + 9_999 + 10_000)).toBe(b);
});

test('affinity ends when the endpoint vanishes, and does not come back with it', () => {
  const balancer = balancerOf([a, b], 10);
  expect(pickMany(balancer, 2)).toEqual([a, a]);
  balancer.update({ endpoints: [b, c], affinityTimeout: 10 });
  expect(balancer.remembered()).toBe(0);
  balancer.update({ endpoints: [b, a], affinityTimeout: 10 });
  expect(pickMany(balancer, 2)).toEqual([b, b]);
});

test('affinity stays when other endpoints come and go', () => {
  const balancer = balancerOf([a, b], 10);
  pickMany(balancer, 1, '2.2.2.2');
  expect(pickMany(balancer, 1)).toEqual([b]);
  balancer.update({ endpoints: [c, b], affinityTimeout: 10 });
  expect(pickMany(balancer, 2)).toEqual([b, b]);
});

test('after a failure a client gets the next endpoint, and keeps that', () => {
  const balancer = balancerOf([a, b, c], 10);
  expect(pickMany(balancer, 1)).toEqual([a]);
  balancer.forget('1.1.1.1');
  expect(pickMany(balancer, 2)).toEqual([b, b]);
});

test('without affinity nobody is remembered, and switching it off forgets all', () => {
  const balancer = balancerOf([a, b], 10);
  pickMany(balancer, 1);
  balancer.update({ endpoints: [a, b] });
  expect(balancer.remembered()).toBe(0);
  expect(pickMany(balancer, 2)).toEqual([b, a]);
  expect(balancer.remembered()).toBe(0);
});

test('clients whose affinity is over are not kept in memory', () => {
  const balancer = balancerOf([a, b], 1);
  for (let index = 0; index < 100_000; index += 1) {
    balancer.pickEndpoint({ client: `client ${index}`, now: index });
  }
  expect(balancer.remembered()).toBe(1000);
});
