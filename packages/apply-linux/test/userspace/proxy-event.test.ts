import { expect, test } from 'vitest';
import { printProxyEvent, type ProxyEvent } from '../../src/userspace/proxy-event.ts';

const web = { servicePort: 'prod/web:http', protocol: 'tcp' } as const;

test.for<[ProxyEvent, string]>([
  [
    { ...web, kind: 'listening', address: '::', port: 40_000, endpoints: 3 },
    'prod/web:http TCP: listens on [::]:40000, 3 endpoints',
  ],
  [
    { ...web, kind: 'removed', address: '0.0.0.0', port: 40_000 },
    'prod/web:http TCP: no longer listens on 0.0.0.0:40000',
  ],
  [
    { ...web, kind: 'endpoints', added: ['10.0.0.1:80'], removed: ['10.0.0.2:80', '10.0.0.3:80'] },
    'prod/web:http TCP: +10.0.0.1:80 -10.0.0.2:80 -10.0.0.3:80',
  ],
  [
    { ...web, kind: 'trouble', reason: 'no_endpoints', detail: '' },
    'prod/web:http TCP: has no endpoints',
  ],
  [
    { ...web, servicePort: '', kind: 'recovered', reason: 'descriptor_limit' },
    'proxy: no longer: file descriptors are used up',
  ],
])('%# is one line', ([event, line]) => {
  expect(printProxyEvent(event)).toBe(line);
});
