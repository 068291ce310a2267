import { expect, test } from 'vitest';
import { parseRoute, printRoute, type Route } from '../../../src/report/page/route.ts';

const first: Route = {
  view: 'services',
  node: 'node-a',
  mode: 'iptables',
  service: '',
  from: '',
  to: '',
};

test('what is printed is read again', () => {
  const route: Route = {
    view: 'trace',
    node: 'node-b',
    mode: 'fast',
    service: 'prod/web',
    from: 'external:2001:db8::7',
    to: '[fd00::10]:53/udp',
  };
  expect(parseRoute(printRoute(route), first)).toEqual(route);
  expect(parseRoute(printRoute(first), first)).toEqual(first);
});

test.for(['', '#', '#/', '#/nonsense?mode=userspace&other=1'])('%o is where it begins', (hash) => {
  expect(parseRoute(hash, first)).toEqual(first);
});

test('what is empty is left out', () => {
  expect(printRoute(first)).toBe('#/services?node=node-a&mode=iptables');
});
