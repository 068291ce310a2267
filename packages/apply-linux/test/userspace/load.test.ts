import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { readDescriptorLimit } from '../../src/userspace/read-descriptor-limit.ts';
import {
  startEndpointProcess,
  startProxyProcess,
  type ProxyProcess,
  type Report,
} from './support/child.ts';
import { ask, open } from './support/client.ts';
import { startEcho, startEndpoint, startNamed } from './support/endpoint.ts';
import { tcp } from './support/run-proxy.ts';

vi.setConfig({ testTimeout: 120_000 });

const web = 'prod/web:http';
const api = 'prod/api:http';

/** A machine that does much else may be slow to answer. */
const patient = { dialTimeouts: [10_000] };

/** Few, but enough to load the modules, which is done many at a time. */
const descriptors = 512;

/** One after another in a hundred rows, from several addresses, so that no port is missing. */
async function askOften(port: number, times: number): Promise<number> {
  let answers = 0;
  let asked = 0;
  await Promise.all(
    Array.from({ length: 100 }, async (_, row) => {
      while (asked < times) {
        asked += 1;
        const client = connect({ port, host: '127.0.0.1', localAddress: `127.0.1.${row + 1}` });
        client.on('data', () => (answers += 1));
        await once(client, 'close');
      }
    }),
  );
  return answers;
}

async function openMany(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let index = 0; index < count; index += 500) {
    const some = Math.min(500, count - index);
    sockets.push(...(await Promise.all(Array.from({ length: some }, () => open(port)))));
  }
  return sockets;
}

function isIdle({ counters }: Report): boolean {
  return counters[0]?.openConnections === 0;
}

/** Asks the process until its report is as wanted. */
async function reported(
  { report }: ProxyProcess,
  isWanted: (report: Report) => boolean,
): Promise<Report> {
  const end = performance.now() + 30_000;
  for (;;) {
    const now = await report();
    if (isWanted(now)) return now;
    if (performance.now() > end) throw new Error(`It never was so: ${JSON.stringify(now)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('20,000 connections leave no memory and no descriptor behind', async () => {
  const endpoints = await Promise.all(
    ['127.0.0.1', '127.0.0.2', '127.0.0.3'].map((host) => startNamed('x', host)),
  );
  const addresses = endpoints.map(({ address }) => address);
  const proxy = await startProxyProcess({
    listeners: [tcp(web, addresses, { affinityTimeout: 1 })],
    options: patient,
  });
  const [port = 0] = proxy.ports;
  expect(await askOften(port, 2000)).toBe(2000);
  await reported(proxy, isIdle);
  const before = await proxy.measureMemory();
  const descriptorsBefore = await proxy.countDescriptors();
  expect(await askOften(port, 20_000)).toBe(20_000);
  const after = await reported(proxy, isIdle);
  expect(after.counters).toMatchObject([{ connections: 22_000, failures: {} }]);
  expect(await proxy.measureMemory()).toBeLessThan(before * 1.1);
  expect(await proxy.countDescriptors()).toBeLessThan(descriptorsBefore * 1.1);
});

test('10,000 idle connections, or what the descriptors here allow, and the next one is served', async () => {
  const many = Math.min(10_000, Math.floor((readDescriptorLimit() - 200) / 2));
  const address = await startEndpointProcess();
  const proxy = await startProxyProcess({ listeners: [tcp(web, [address])], options: patient });
  const [port = 0] = proxy.ports;
  const clients = await openMany(port, many);
  const { counters } = await reported(
    proxy,
    ({ counters }) => counters[0]?.openConnections === many,
  );
  expect(counters).toMatchObject([{ connections: many, failures: {} }]);
  expect((await proxy.measureMemory()) / many).toBeLessThan(20_000);
  const first = clients[0]!;
  first.write('hello');
  expect(String((await once(first, 'data'))[0])).toBe('hello');
  const next = await open(port);
  next.write('next');
  expect(String((await once(next, 'data'))[0])).toBe('next');
  for (const client of clients) client.destroy();
  await reported(proxy, ({ counters }) => counters[0]?.openConnections === 1);
});

test('clients that do not read cost a bounded amount of memory', async () => {
  const { address } = await startEndpoint((socket) => {
    const block = Buffer.alloc(1 << 18);
    const write = (): void => {
      while (socket.write(block)) continue;
    };
    socket.on('drain', write);
    write();
  });
  const proxy = await startProxyProcess({
    listeners: [tcp(web, [address])],
    options: { ...patient, inspectInterval: 200 },
  });
  const before = await proxy.measureMemory();
  const clients = await openMany(proxy.ports[0] ?? 0, 100);
  for (const client of clients) client.pause();
  const stalled = await reported(
    proxy,
    ({ counters }) => (counters[0]?.failures.client_stalled ?? 0) >= 50,
  );
  expect(((await proxy.measureMemory()) - before) / 100).toBeLessThan(1 << 20);
  expect(stalled.lines.slice(1)).toEqual(['prod/web:http TCP: a client does not read: 127.0.0.1']);
});

test('descriptors are used up by one Service: the others go on, and it does when they are back', async () => {
  const [echo, named] = [await startEcho(), await startNamed('a')];
  const proxy = await startProxyProcess({
    listeners: [tcp(web, [echo.address]), tcp(api, [named.address])],
    options: { ...patient, inspectInterval: 50 },
    descriptors,
  });
  const [webPort = 0, apiPort = 0] = proxy.ports;
  const clients = await openMany(webPort, 300);
  const full = await reported(
    proxy,
    ({ counters }) => (counters[0]?.openConnections ?? 0) + refused(counters[0]) === 300,
  );
  expect(refused(full.counters[0])).toBeGreaterThan(30);
  expect(full.counters[0]?.failures).toEqual({ descriptor_limit: refused(full.counters[0]) });
  expect(await proxy.countDescriptors()).toBeLessThan(descriptors);
  for (let index = 0; index < 5; index += 1) expect(await ask(apiPort)).toBe('a');
  for (const client of clients) client.destroy();
  const well = await reported(proxy, ({ lines }) => lines.length === 4);
  expect(well.lines.slice(2)).toEqual([
    'prod/web:http TCP: file descriptors are used up',
    'prod/web:http TCP: no longer: file descriptors are used up',
  ]);
  const again = await open(webPort);
  again.write('x');
  expect(String((await once(again, 'data'))[0])).toBe('x');
});

test('no descriptor is left for the endpoint: the connection is closed, until there is one again', async () => {
  const named = await startNamed('a');
  const proxy = await startProxyProcess({
    listeners: [tcp(web, [named.address])],
    options: { ...patient, inspectInterval: 60_000 },
    descriptors,
  });
  const [port = 0] = proxy.ports;
  expect(await ask(port)).toBe('a');
  expect(await proxy.takeDescriptors(1)).toBeGreaterThan(descriptors / 2);
  expect(await ask(port)).toBe('');
  expect(await ask(port)).toBe('');
  const { counters, lines } = await proxy.report();
  expect(counters[0]?.failures).toEqual({ descriptor_limit: 2 });
  expect(lines.slice(1)).toEqual(['prod/web:http TCP: file descriptors are used up']);
  await proxy.releaseDescriptors();
  expect(await ask(port)).toBe('a');
});

test('no descriptor is left at all: it is told for the whole proxy, and over when they are back', async () => {
  const named = await startNamed('a');
  const proxy = await startProxyProcess({
    listeners: [tcp(web, [named.address])],
    options: { ...patient, inspectInterval: 50 },
    descriptors,
  });
  const [port = 0] = proxy.ports;
  await proxy.takeDescriptors(0);
  await reported(proxy, ({ lines }) => lines.length === 2);
  await proxy.releaseDescriptors();
  const { lines } = await reported(proxy, ({ lines }) => lines.length === 3);
  expect(lines.slice(1)).toEqual([
    'proxy: file descriptors are used up',
    'proxy: no longer: file descriptors are used up',
  ]);
  expect(await ask(port)).toBe('a');
});

function refused(
  counters: { readonly failures: { readonly descriptor_limit?: number } } | undefined,
): number {
  return counters?.failures.descriptor_limit ?? 0;
}
