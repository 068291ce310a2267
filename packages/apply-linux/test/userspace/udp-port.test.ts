import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { findFreePort } from './support/free-port.ts';
import { runProxy, tcp, udp } from './support/run-proxy.ts';
import { askUDP, bindUDP, closeUDP, startUDPEndpoint } from './support/udp.ts';
import { startNamed } from './support/endpoint.ts';
import { ask } from './support/client.ts';
import { until } from './support/until.ts';

const dns = 'kube-system/dns:dns';

test('each client has a session with one endpoint, and the sessions go round', async () => {
  const [a, b] = [await startUDPEndpoint('a'), await startUDPEndpoint('b')];
  const { portOf, countersOf } = await runProxy([udp(dns, [a.address, b.address])]);
  const [one, two] = [await bindUDP(), await bindUDP()];
  const said: string[] = [];
  for (const client of [one, two, one, two]) {
    said.push(String(await askUDP(client, portOf(dns), 'x')));
  }
  expect(said).toEqual(['a:x', 'b:x', 'a:x', 'b:x']);
  expect([a.clients.size, b.clients.size]).toEqual([1, 1]);
  expect(countersOf(dns)).toMatchObject({
    connections: 2,
    openConnections: 2,
    bytesFromClients: 4,
    bytesFromEndpoints: 12,
    failures: {},
  });
});

test('a session ends when nothing was said for the idle timeout; the next one has the next endpoint', async () => {
  const [a, b] = [await startUDPEndpoint('a'), await startUDPEndpoint('b')];
  const { portOf, countersOf } = await runProxy([udp(dns, [a.address, b.address])], {
    udpIdleTimeout: 150,
  });
  const client = await bindUDP();
  for (let index = 0; index < 3; index += 1) {
    expect(String(await askUDP(client, portOf(dns), 'x'))).toBe('a:x');
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  await until(() => countersOf(dns).openConnections === 0);
  expect(String(await askUDP(client, portOf(dns), 'x'))).toBe('b:x');
  expect(countersOf(dns).bytesFromEndpoints).toBe(12);
});

test('with affinity all sessions of a client have one endpoint', async () => {
  const [a, b] = [await startUDPEndpoint('a'), await startUDPEndpoint('b')];
  const { portOf } = await runProxy([udp(dns, [a.address, b.address], { affinityTimeout: 60 })]);
  const said: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    said.push(String(await askUDP(await bindUDP(), portOf(dns), 'x')));
  }
  expect(said).toEqual(['a:x', 'a:x', 'a:x']);
});

test('a datagram of 65,507 bytes is carried both ways, and so is an empty one', async () => {
  const echo = await startUDPEndpoint('');
  const { portOf, countersOf } = await runProxy([udp(dns, [echo.address])]);
  const client = await bindUDP();
  const largest = randomBytes(65_507);
  expect((await askUDP(client, portOf(dns), largest))?.equals(largest)).toBe(true);
  expect((await askUDP(client, portOf(dns), ''))?.length).toBe(0);
  expect(countersOf(dns)).toMatchObject({
    bytesFromClients: 65_507,
    bytesFromEndpoints: 65_507,
    failures: {},
  });
});

test('an endpoint that refuses ends the session; the client gets the next endpoint, affinity or not', async () => {
  const [a, b] = [await startUDPEndpoint('a'), await startUDPEndpoint('b')];
  closeUDP(a.socket);
  const { portOf, countersOf, lines } = await runProxy([
    udp(dns, [a.address, b.address], { affinityTimeout: 60 }),
  ]);
  const client = await bindUDP();
  expect(await askUDP(client, portOf(dns), 'lost')).toBeUndefined();
  expect(String(await askUDP(client, portOf(dns), 'x'))).toBe('b:x');
  expect(countersOf(dns).failures).toEqual({ dial_refused: 1 });
  expect(lines.slice(1)).toEqual([`kube-system/dns:dns UDP: an endpoint refuses: ${a.address}`]);
});

test('without endpoints datagrams go nowhere, which is counted and told once', async () => {
  const { portOf, countersOf, lines } = await runProxy([udp(dns, [])]);
  const client = await bindUDP();
  await askUDP(client, portOf(dns), 'x');
  await askUDP(client, portOf(dns), 'x');
  expect(countersOf(dns)).toMatchObject({ openConnections: 0, failures: { no_endpoints: 2 } });
  expect(lines.slice(1)).toEqual(['kube-system/dns:dns UDP: has no endpoints']);
});

test('a session with an endpoint that is gone ends; one with an endpoint that stays goes on', async () => {
  const [a, b] = [await startUDPEndpoint('a'), await startUDPEndpoint('b')];
  const { portOf, update, countersOf } = await runProxy([udp(dns, [a.address, b.address])], {
    udpIdleTimeout: 60_000,
  });
  const [one, two] = [await bindUDP(), await bindUDP()];
  expect(String(await askUDP(one, portOf(dns), 'x'))).toBe('a:x');
  expect(String(await askUDP(two, portOf(dns), 'x'))).toBe('b:x');
  await update([udp(dns, [b.address])]);
  expect(countersOf(dns).openConnections).toBe(1);
  expect(String(await askUDP(one, portOf(dns), 'x'))).toBe('b:x');
  expect(String(await askUDP(two, portOf(dns), 'x'))).toBe('b:x');
  expect(b.clients.size).toBe(2);
});

test('when the listener goes, its sessions end and its address is free', async () => {
  const a = await startUDPEndpoint('a');
  const port = await findFreePort();
  const { update, counters } = await runProxy([udp(dns, [a.address], { port })]);
  const client = await bindUDP();
  expect(String(await askUDP(client, port, 'x'))).toBe('a:x');
  await update([]);
  expect(counters()).toEqual([]);
  await bindUDP('127.0.0.1', port);
});

test('while it drains, a session still gets its answers, and nobody new is heard', async () => {
  const silent = await bindUDP();
  const port = silent.address().port;
  const { portOf, close } = await runProxy([udp(dns, [`127.0.0.1:${port}`])], {
    udpIdleTimeout: 150,
  });
  const [client, late] = [await bindUDP(), await bindUDP()];
  const heard = new Promise<[Buffer, number]>((resolve) =>
    silent.once('message', (data, { port }) => resolve([data, port])),
  );
  const proxyPort = portOf(dns);
  const answer = askUDP(client, proxyPort, 'question');
  const [question, session] = await heard;
  expect(String(question)).toBe('question');
  const closed = close({ deadline: 5000 });
  const lateAnswer = askUDP(late, proxyPort, 'late');
  silent.send('answer', session, '127.0.0.1');
  expect(String(await answer)).toBe('answer');
  expect(await lateAnswer).toBeUndefined();
  expect(await closed).toEqual({ cut: 0 });
});

test('IPv6, and the same port for TCP', async () => {
  const six = await startUDPEndpoint('six', '::1');
  const a = await startNamed('a');
  const port = await findFreePort();
  await runProxy([
    udp(dns, [six.address], { address: '::', port }),
    tcp('kube-system/dns:tcp', [a.address], { port }),
  ]);
  expect(String(await askUDP(await bindUDP('::1'), port, 'x'))).toBe('six:x');
  expect(await ask(port)).toBe('a');
});
