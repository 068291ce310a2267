import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { dial, dialTimeouts, type Dialed } from '../../src/userspace/dial.ts';
import type { FailureReason } from '../../src/userspace/failure.ts';
import { parseHostPort } from '../../src/userspace/parse-host-port.ts';
import { refusingAddress, startNamed } from './support/endpoint.ts';

interface Attempted {
  readonly result: Dialed | FailureReason | 'unwanted';
  readonly failures: readonly (readonly [FailureReason, string])[];
}

async function dialInTurn(
  endpoints: readonly string[],
  timeouts: readonly number[] = dialTimeouts,
): Promise<Attempted> {
  const failures: [FailureReason, string][] = [];
  let picked = 0;
  const result = await dial({
    timeouts,
    pick: () => endpoints[picked++ % endpoints.length],
    onAttempt: (socket) => onTestFinished(() => void socket.destroy()),
    onFailure: (reason, endpoint) => failures.push([reason, endpoint]),
    isWanted: () => true,
  });
  return { result, failures };
}

/** Its process stands still, and as many connections wait as it lets wait: more get no answer. */
async function hangingAddress(): Promise<string> {
  const program = `const server = require('node:net').createServer()
    .listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port));
      process.kill(process.pid, 'SIGSTOP');
    });`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [data] = await once(child.stdout, 'data');
  const address = `127.0.0.1:${data}`;
  const waiting: Socket[] = [];
  onTestFinished(() => waiting.forEach((socket) => socket.destroy()));
  for (let index = 0; index < 4; index += 1) {
    waiting.push(connect(parseHostPort(address)).on('error', () => {}));
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  return address;
}

test('there are four attempts, with the times of kube-proxy', () => {
  expect(dialTimeouts).toEqual([250, 500, 1000, 2000]);
});

test('an endpoint that refuses is followed by the next one at once', async () => {
  const dead = await refusingAddress();
  const { address } = await startNamed('a');
  const { result, failures } = await dialInTurn([dead, dead, address]);
  expect(result).toMatchObject({ endpoint: address });
  expect(failures).toEqual([
    ['dial_refused', dead],
    ['dial_refused', dead],
  ]);
});

test('four endpoints that refuse are enough', async () => {
  const dead = await refusingAddress();
  const { result, failures } = await dialInTurn([dead]);
  expect(result).toBe('endpoints_unreachable');
  expect(failures).toEqual(Array.from({ length: 4 }, () => ['dial_refused', dead]));
});

test('an endpoint that hangs is given up after the time of the attempt', async () => {
  const hanging = await hangingAddress();
  const { address } = await startNamed('a');
  const start = performance.now();
  const { result, failures } = await dialInTurn([hanging, hanging, address]);
  expect(result).toMatchObject({ endpoint: address });
  expect(failures).toEqual([
    ['dial_timed_out', hanging],
    ['dial_timed_out', hanging],
  ]);
  const took = performance.now() - start;
  expect(took).toBeGreaterThan(740);
  expect(took).toBeLessThan(1700);
});

test('without endpoints there is nothing to dial', async () => {
  expect(await dialInTurn([])).toEqual({ result: 'no_endpoints', failures: [] });
});

test('nobody waits any more: the connection is given up, and no other endpoint tried', async () => {
  const { address } = await startNamed('a');
  const sockets: Socket[] = [];
  const result = await dial({
    timeouts: dialTimeouts,
    pick: () => address,
    onAttempt: (socket) => sockets.push(socket),
    onFailure: () => {},
    isWanted: () => false,
  });
  expect(result).toBe('unwanted');
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
});
