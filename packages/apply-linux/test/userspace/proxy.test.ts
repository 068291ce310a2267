import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { parseHostPort } from '../../src/userspace/parse-host-port.ts';
import { ask, open } from './support/client.ts';
import { startEcho, startEndpoint, startNamed } from './support/endpoint.ts';
import { canListen, findFreePort } from './support/free-port.ts';
import { runProxy, tcp, udp } from './support/run-proxy.ts';
import { askUDP, bindUDP, closeUDP, startUDPEndpoint } from './support/udp.ts';
import { until } from './support/until.ts';

const web = 'prod/web:http';

test('a connection to an endpoint that goes lives on; new ones go to those that are there', async () => {
  const [echo, b] = [await startEcho(), await startNamed('b')];
  const { portOf, update, lines } = await runProxy([tcp(web, [echo.address])]);
  const port = portOf(web);
  const living = await open(port);
  await update([tcp(web, [b.address])]);
  expect(portOf(web)).toBe(port);
  expect(await ask(port)).toBe('b');
  living.write('still');
  expect(String((await once(living, 'data'))[0])).toBe('still');
  expect(lines).toEqual([
    `prod/web:http TCP: listens on 127.0.0.1:${port}, 1 endpoint`,
    `prod/web:http TCP: +${b.address} -${echo.address}`,
  ]);
});

test('a connection outlives its Service; its counters stay until it ends', async () => {
  const echo = await startEcho();
  const { portOf, update, counters, lines } = await runProxy([tcp(web, [echo.address])]);
  const port = portOf(web);
  const living = await open(port);
  await update([]);
  await expect(open(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  living.write('still');
  expect(String((await once(living, 'data'))[0])).toBe('still');
  expect(counters()).toMatchObject([{ servicePort: web, openConnections: 1 }]);
  living.end();
  await until(() => counters()[0]?.openConnections === 0);
  await update([]);
  expect(counters()).toEqual([]);
  expect(lines.at(-1)).toBe(`prod/web:http TCP: no longer listens on 127.0.0.1:${port}`);
});

test('an address may go from one Service to another in one change', async () => {
  const [a, b] = [await startNamed('a'), await startNamed('b')];
  const port = await findFreePort();
  const { update, countersOf } = await runProxy([tcp(web, [a.address], { port })]);
  await update([tcp('prod/api:http', [b.address], { port })]);
  expect(await ask(port)).toBe('b');
  expect(countersOf('prod/api:http').failures).toEqual({});
});

test.for(['tcp', 'udp'] as const)(
  'a %s port that is taken is tried again until it is free, and others go on',
  async (protocol) => {
    const a = await startNamed('a');
    const port = await findFreePort();
    const server = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const holder = await bindUDP('127.0.0.1', port);
    const taken = { ...tcp('prod/taken:http', [], { port }), protocol };
    const { portOf, countersOf, lines } = await runProxy([taken, tcp(web, [a.address])], {
      listenPauses: [20, 40],
    });
    expect(await ask(portOf(web))).toBe('a');
    await until(() => (countersOf('prod/taken:http').failures.listen_failed ?? 0) >= 3);
    expect(portOf('prod/taken:http')).toBe(0);
    server.close();
    closeUDP(holder);
    await until(() => portOf('prod/taken:http') === port);
    const name = `prod/taken:http ${protocol.toUpperCase()}`;
    expect(lines.filter((line) => line.startsWith(name))).toEqual([
      expect.stringMatching(`${name}: cannot listen, and tries again: .*EADDRINUSE`),
      `${name}: no longer: cannot listen, and tries again`,
      `${name}: listens on 127.0.0.1:${port}, 0 endpoints`,
    ]);
  },
);

test('a port that is taken is given up when its Service goes', async () => {
  const a = await startNamed('a');
  const { update, portOf, listening } = await runProxy([tcp(web, [a.address])], {
    listenPauses: [20],
  });
  const port = portOf(web);
  await update([tcp(web, [a.address]), tcp('prod/api:http', [a.address], { port })]);
  await update([]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(listening()).toEqual([]);
  await expect(open(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('claimed addresses are held, told if they cannot be, and set free', async () => {
  const claims = [`127.0.0.2:${await findFreePort()}`, `127.0.0.3:${await findFreePort()}`];
  const [first = '', second = ''] = claims;
  const { update, lines, countersOf } = await runProxy([tcp(web, [], { claims })], {
    listenPauses: [20],
  });
  expect([await canTake(first), await canTake(second)]).toEqual([false, false]);
  await update([
    tcp(web, [], { claims: [first] }),
    tcp('prod/api:http', [], { claims: [first, second] }),
  ]);
  expect(countersOf('prod/api:http').failures).toEqual({ claim_failed: 1 });
  await update([tcp('prod/api:http', [], { claims: [first, second] })]);
  await until(() => lines.some((line) => line.includes('no longer: cannot hold')));
  expect(lines.filter((line) => line.includes('cannot hold'))).toEqual([
    expect.stringMatching(
      `^prod/api:http TCP: cannot hold an address, and tries again: .*${first}`,
    ),
    'prod/api:http TCP: no longer: cannot hold an address, and tries again',
  ]);
  await update([]);
  expect([await canTake(first), await canTake(second)]).toEqual([true, true]);
});

test('a claimed UDP address is held', async () => {
  const port = await findFreePort();
  const { update } = await runProxy([
    udp('kube-system/dns:dns', [], { claims: [`127.0.0.1:${port}`] }),
  ]);
  const other = createSocket('udp4');
  onTestFinished(() => closeUDP(other));
  const failed = once(other, 'error');
  other.bind(port, '127.0.0.1');
  expect((await failed)[0]).toMatchObject({ code: 'EADDRINUSE' });
  await update([]);
  await bindUDP('127.0.0.1', port);
});

test('closing takes nothing new and waits for what lives', async () => {
  const { address } = await startEndpoint((socket) => {
    socket.once('data', () => setTimeout(() => socket.end('answer'), 100));
  });
  const { portOf, close } = await runProxy([tcp(web, [address])]);
  const port = portOf(web);
  const client = await open(port);
  client.end('question');
  await new Promise((resolve) => setTimeout(resolve, 20));
  const closed = close({ deadline: 5000 });
  await expect(open(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(String((await once(client, 'data'))[0])).toBe('answer');
  expect(await closed).toEqual({ cut: 0 });
});

test('what lives at the deadline is cut', async () => {
  const echo = await startEcho();
  const dns = await startUDPEndpoint('a');
  const { portOf, close, counters } = await runProxy(
    [tcp(web, [echo.address]), udp('kube-system/dns:dns', [dns.address])],
    { udpIdleTimeout: 60_000 },
  );
  const client = await open(portOf(web));
  client.write('x');
  await once(client, 'data');
  await askUDP(await bindUDP(), portOf('kube-system/dns:dns'), 'x');
  const start = performance.now();
  expect(await close({ deadline: 100 })).toEqual({ cut: 2 });
  expect(performance.now() - start).toBeLessThan(1000);
  expect(counters().map(({ openConnections }) => openConnections)).toEqual([0, 0]);
  await until(() => client.readableEnded || client.closed);
});

test('a signal cuts what lives before the deadline', async () => {
  const echo = await startEcho();
  const { portOf, close } = await runProxy([tcp(web, [echo.address])]);
  const client = await open(portOf(web));
  client.write('x');
  await once(client, 'data');
  const cut = new AbortController();
  const start = performance.now();
  const closed = close({ deadline: 60_000, signal: cut.signal });
  setTimeout(() => cut.abort(), 50);
  expect(await closed).toEqual({ cut: 1 });
  expect(performance.now() - start).toBeLessThan(2000);
});

test('a closed proxy takes no more listeners', async () => {
  const { close, update } = await runProxy([]);
  await close({ deadline: 0 });
  await expect(update([])).rejects.toThrow('update: the proxy is closed.');
});

test('the last tenth of the connections is for Services that have less than their share', async () => {
  const echo = await startEcho();
  const { portOf, countersOf, lines } = await runProxy(
    [tcp(web, [echo.address]), tcp('prod/api:http', [echo.address])],
    { maxConnections: 20, inspectInterval: 20 },
  );
  const greedy = await Promise.all(Array.from({ length: 30 }, () => open(portOf(web))));
  await until(() => countersOf(web).failures.connection_limit === 12);
  const other = await open(portOf('prod/api:http'));
  other.write('x');
  expect(String((await once(other, 'data'))[0])).toBe('x');
  expect(countersOf(web).openConnections).toBe(18);
  for (const client of greedy) client.destroy();
  await until(() =>
    lines.includes('prod/web:http TCP: no longer: the limit of connections is reached'),
  );
  expect(lines.filter((line) => line.includes('the limit'))).toEqual([
    'prod/web:http TCP: the limit of connections is reached',
    'prod/web:http TCP: no longer: the limit of connections is reached',
  ]);
  expect(await ask(portOf(web))).toBe('');
  expect(countersOf(web).failures).toEqual({ connection_limit: 12 });
});

test('a client that does not read stops its endpoint, and is counted and told once', async () => {
  let written = 0;
  const { address, sockets } = await startEndpoint((socket) => {
    const block = Buffer.alloc(1 << 20);
    const write = (): void => {
      while (socket.write(block, () => (written += block.length)));
    };
    socket.on('drain', write);
    write();
  });
  const { portOf, countersOf, lines } = await runProxy([tcp(web, [address])], {
    inspectInterval: 50,
  });
  const client = await open(portOf(web));
  client.pause();
  await until(() => countersOf(web).failures.client_stalled === 1);
  const stood = countersOf(web).bytesFromEndpoints;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(countersOf(web).bytesFromEndpoints).toBe(stood);
  expect(stood).toBeLessThan(64 << 20);
  expect(sockets.size).toBe(1);
  expect(written).toBeGreaterThan(0);
  expect(countersOf(web).failures).toEqual({ client_stalled: 1 });
  expect(lines.slice(1)).toEqual(['prod/web:http TCP: a client does not read: 127.0.0.1']);
});

async function canTake(address: string): Promise<boolean> {
  const { host, port } = parseHostPort(address);
  return canListen(host, port);
}
