import { expect, test } from 'vitest';
import { createAccount, type Account, type Carried } from '../../src/userspace/account.ts';
import { printProxyEvent } from '../../src/userspace/proxy-event.ts';

interface Told {
  readonly account: Account;
  readonly lines: readonly string[];
}

function accountOf(): Told {
  const lines: string[] = [];
  const account = createAccount({ servicePort: 'prod/web:http', protocol: 'tcp' }, (event) =>
    lines.push(printProxyEvent(event)),
  );
  return { account, lines };
}

function carriedOf(fromClient: number, fromEndpoint: number): Carried {
  return {
    bytesFromClient: () => fromClient,
    bytesFromEndpoint: () => fromEndpoint,
    cut: () => {},
  };
}

test('a trouble is told when it begins and when its last subject is well again', () => {
  const { account, lines } = accountOf();
  account.fail('dial_refused', { subject: '10.0.0.1:80' });
  account.fail('dial_refused', { subject: '10.0.0.2:80' });
  account.fail('dial_refused', { subject: '10.0.0.1:80' });
  account.recoverEndpoint('10.0.0.1:80');
  account.recoverEndpoint('10.0.0.3:80');
  expect(lines).toEqual(['prod/web:http TCP: an endpoint refuses: 10.0.0.1:80']);
  account.recoverEndpoint('10.0.0.2:80');
  account.recoverEndpoint('10.0.0.2:80');
  expect(lines.slice(1)).toEqual(['prod/web:http TCP: no longer: an endpoint refuses']);
  account.fail('dial_refused', { subject: '10.0.0.1:80' });
  expect(lines).toHaveLength(3);
  expect(account.read().failures).toEqual({ dial_refused: 4 });
});

test('kinds of trouble do not hide each other', () => {
  const { account, lines } = accountOf();
  account.fail('no_endpoints');
  account.fail('endpoint_reset', { detail: '10.0.0.1:80' });
  account.fail('client_reset');
  expect(lines).toEqual([
    'prod/web:http TCP: has no endpoints',
    'prod/web:http TCP: an endpoint reset a connection: 10.0.0.1:80',
  ]);
  expect(account.read().failures).toEqual({ no_endpoints: 1, endpoint_reset: 1, client_reset: 1 });
});

test('bytes count while a connection lives and after it ended, once', () => {
  const { account } = accountOf();
  const [one, two] = [carriedOf(1, 10), carriedOf(2, 20)];
  account.opened(one);
  account.opened(two);
  expect(account.read()).toMatchObject({ openConnections: 2, bytesFromClients: 3 });
  account.closed(one);
  account.closed(one);
  expect(account.read()).toMatchObject({
    connections: 2,
    openConnections: 1,
    bytesFromClients: 3,
    bytesFromEndpoints: 30,
  });
});
