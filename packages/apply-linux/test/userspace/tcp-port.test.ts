import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { parseHostPort } from '../../src/userspace/parse-host-port.ts';
import { ask, open, readAll } from './support/client.ts';
import { refusingAddress, startEcho, startEndpoint, startNamed } from './support/endpoint.ts';
import { runProxy, tcp } from './support/run-proxy.ts';
import { until } from './support/until.ts';

const web = 'prod/web:http';

async function askInTurn(port: number, times: number): Promise<string> {
  let said = '';
  for (let index = 0; index < times; index += 1) said += await ask(port);
  return said;
}

test('connections go round the endpoints, from the first on', async () => {
  const endpoints = await Promise.all(['a', 'b', 'c'].map((name) => startNamed(name)));
  const { portOf, countersOf } = await runProxy([
    tcp(
      web,
      endpoints.map(({ address }) => address),
    ),
  ]);
  expect(await askInTurn(portOf(web), 7)).toBe('abcabca');
  await until(() => countersOf(web).openConnections === 0);
  expect(countersOf(web)).toEqual({
    servicePort: web,
    protocol: 'tcp',
    connections: 7,
    openConnections: 0,
    bytesFromClients: 0,
    bytesFromEndpoints: 7,
    failures: {},
  });
});

test('with affinity a client keeps its endpoint until the timeout', async () => {
  const [a, b] = [await startNamed('a'), await startNamed('b')];
  const { portOf } = await runProxy([tcp(web, [a.address, b.address], { affinityTimeout: 0.3 })]);
  expect(await askInTurn(portOf(web), 3)).toBe('aaa');
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(await askInTurn(portOf(web), 3)).toBe('bbb');
});

test('with affinity a client whose endpoint died gets another one, and keeps that', async () => {
  const [a, b, c] = [await startNamed('a'), await startNamed('b'), await startNamed('c')];
  const { portOf } = await runProxy([
    tcp(web, [a.address, b.address, c.address], { affinityTimeout: 60 }),
  ]);
  expect(await askInTurn(portOf(web), 2)).toBe('aa');
  a.server.close();
  expect(await askInTurn(portOf(web), 3)).toBe('bbb');
});

test('what a client says before there is an endpoint is not lost', async () => {
  const dead = await refusingAddress();
  const { address } = await startEcho();
  const { portOf } = await runProxy([tcp(web, [dead, dead, address])]);
  const client = connect({ port: portOf(web), host: '127.0.0.1' });
  client.end('hello');
  expect(await readAll(client)).toBe('hello');
});

test('all endpoints dead: the connection is closed; counted each time, told once until one is back', async () => {
  const { address, server } = await startNamed('a');
  server.close();
  const { portOf, countersOf, lines } = await runProxy([tcp(web, [address])]);
  expect(await askInTurn(portOf(web), 2)).toBe('');
  expect(countersOf(web).failures).toEqual({ dial_refused: 8, endpoints_unreachable: 2 });
  server.listen(parseHostPort(address));
  await once(server, 'listening');
  expect(await ask(portOf(web))).toBe('a');
  expect(lines.slice(1)).toEqual([
    `prod/web:http TCP: an endpoint refuses: ${address}`,
    'prod/web:http TCP: no endpoint could be reached',
    'prod/web:http TCP: no longer: an endpoint refuses',
    'prod/web:http TCP: no longer: no endpoint could be reached',
  ]);
});

test('without endpoints a connection is accepted and closed', async () => {
  const { portOf, countersOf, lines, update } = await runProxy([tcp(web, [])]);
  expect(await askInTurn(portOf(web), 2)).toBe('');
  expect(countersOf(web).failures).toEqual({ no_endpoints: 2 });
  const { address } = await startNamed('a');
  await update([tcp(web, [address])]);
  expect(await ask(portOf(web))).toBe('a');
  expect(lines.slice(1)).toEqual([
    'prod/web:http TCP: has no endpoints',
    'prod/web:http TCP: no longer: has no endpoints',
    `prod/web:http TCP: +${address}`,
  ]);
});

test('a client that ends its half gets the answer that comes afterwards', async () => {
  const { address } = await startEndpoint((socket) => {
    void readAll(socket).then((heard) => setTimeout(() => socket.end(`heard ${heard}`), 50));
  });
  const { portOf } = await runProxy([tcp(web, [address])]);
  const client = await open(portOf(web));
  client.end('all of it');
  expect(await readAll(client)).toBe('heard all of it');
});

test('an endpoint that ends its half still hears the client', async () => {
  const heard: string[] = [];
  const { address } = await startEndpoint((socket) => {
    socket.end('bye');
    socket.on('data', (data) => heard.push(data.toString()));
  });
  const { portOf, countersOf } = await runProxy([tcp(web, [address])]);
  const client = await open(portOf(web));
  expect(await readAll(client)).toBe('bye');
  expect(countersOf(web).openConnections).toBe(1);
  client.write('one');
  await until(() => heard.join('') === 'one');
  client.end('two');
  await until(() => heard.join('') === 'onetwo' && countersOf(web).openConnections === 0);
  expect(countersOf(web)).toMatchObject({ bytesFromClients: 6, bytesFromEndpoints: 3 });
});

test('64 MiB both ways at once arrive as they were', async () => {
  const { address } = await startEcho();
  const { portOf, countersOf } = await runProxy([tcp(web, [address])]);
  const block = randomBytes(1 << 20);
  const [sent, received] = [createHash('sha256'), createHash('sha256')];
  const client = await open(portOf(web));
  await Promise.all([
    pipeline(function* () {
      for (let index = 0; index < 64; index += 1) {
        block.writeUInt32BE(index);
        sent.update(block);
        yield Buffer.from(block);
      }
    }, client),
    (async () => {
      for await (const chunk of client) received.update(chunk);
    })(),
  ]);
  expect(received.digest('hex')).toBe(sent.digest('hex'));
  expect(countersOf(web)).toMatchObject({
    bytesFromClients: 64 << 20,
    bytesFromEndpoints: 64 << 20,
  });
});

test('an endpoint that resets in the middle resets the client', async () => {
  const { address } = await startEndpoint((socket) => {
    socket.write('begun');
    socket.once('data', () => socket.resetAndDestroy());
  });
  const { portOf, countersOf, lines } = await runProxy([tcp(web, [address])]);
  for (let index = 0; index < 2; index += 1) {
    const client = await open(portOf(web));
    await once(client, 'data');
    const errors: (string | undefined)[] = [];
    client.on('error', ({ code }: NodeJS.ErrnoException) => errors.push(code));
    client.write('more');
    await until(() => client.closed);
    expect(errors).toEqual(['ECONNRESET']);
  }
  await until(() => countersOf(web).openConnections === 0);
  expect(countersOf(web).failures).toEqual({ endpoint_reset: 2 });
  expect(lines.slice(1)).toEqual([`prod/web:http TCP: an endpoint reset a connection: ${address}`]);
});

test('a client that resets in the middle resets the endpoint, which is counted and not told', async () => {
  const errors: (string | undefined)[] = [];
  const { address } = await startEndpoint((socket) => {
    socket.write('begun');
    socket.on('error', ({ code }: NodeJS.ErrnoException) => errors.push(code));
    socket.resume();
  });
  const { portOf, countersOf, lines } = await runProxy([tcp(web, [address])]);
  const client = await open(portOf(web));
  await once(client, 'data');
  client.resetAndDestroy();
  await until(() => errors.length > 0 && countersOf(web).openConnections === 0);
  expect(errors).toEqual(['ECONNRESET']);
  expect(countersOf(web).failures).toEqual({ client_reset: 1 });
  expect(lines).toHaveLength(1);
});

test('an endpoint that ends and then resets still leaves the client all of its answer', async () => {
  const answer = 'x'.repeat(8 << 20);
  const { address } = await startEndpoint((socket) => {
    socket.end(answer, () => setTimeout(() => socket.resetAndDestroy(), 20));
  });
  const { portOf } = await runProxy([tcp(web, [address])]);
  const client = await open(portOf(web));
  expect(await readAll(client)).toBe(answer);
});

test('a client that goes while its endpoint is dialed leaves nothing behind', async () => {
  const dead = await refusingAddress();
  const { portOf, countersOf } = await runProxy([tcp(web, [dead])]);
  const clients: Socket[] = [];
  for (let index = 0; index < 20; index += 1) clients.push(await open(portOf(web)));
  clients.forEach((client) => client.resetAndDestroy());
  await until(() => countersOf(web).connections === 20 && countersOf(web).openConnections === 0);
  expect(countersOf(web).openConnections).toBe(0);
});

test('IPv6, and both families on one port', async () => {
  const [four, six] = [await startNamed('four'), await startNamed('six', '::1')];
  const { portOf, update } = await runProxy([tcp(web, [six.address], { address: '::' })]);
  const port = portOf(web);
  await update([
    tcp(web, [six.address], { address: '::' }),
    tcp('prod/web:four', [four.address], { address: '0.0.0.0', port }),
  ]);
  expect(await ask(port, '::1')).toBe('six');
  expect(await ask(port, '127.0.0.1')).toBe('four');
});

test('a thousand clients at once are all served', async () => {
  const [a, b] = [await startEcho(), await startEcho()];
  const { portOf, countersOf, lines } = await runProxy([tcp(web, [a.address, b.address])], {
    dialTimeouts: [10_000],
  });
  const port = portOf(web);
  const answers = await Promise.all(
    Array.from({ length: 1000 }, async (_, index) => {
      const client = await open(port);
      client.end(`client ${index}`);
      return readAll(client);
    }),
  );
  expect(answers).toEqual(Array.from({ length: 1000 }, (_, index) => `client ${index}`));
  expect(countersOf(web)).toMatchObject({ connections: 1000, failures: {} });
  expect(lines).toHaveLength(1);
});
