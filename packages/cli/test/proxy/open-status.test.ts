import { once } from 'node:events';
import { createServer } from 'node:net';
import { defaultConfiguration, type KubeProxyConfiguration } from '@kube-rules/core';
import { expect, onTestFinished, test } from 'vitest';
import { openStatus, type OpenStatus } from '../../src/proxy/open-status.ts';
import { recordingIO, type RecordingIO } from '../support/recording-io.ts';

async function open(
  config: Partial<KubeProxyConfiguration>,
): Promise<OpenStatus & { readonly io: RecordingIO }> {
  const io = recordingIO();
  const whole = { ...defaultConfiguration, ...config };
  const status = await openStatus({ config: whole, counters: () => [], io });
  onTestFinished(status.close);
  return { ...status, io };
}

/** A port of 127.0.0.1 that is taken until the test is over, or its number only. */
async function takePort(isKept: boolean): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (isKept) onTestFinished(() => void server.close());
  else server.close();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

test('answers on the addresses of the configuration', async () => {
  const [healthz, metrics] = [await takePort(false), await takePort(false)];
  const { health, hasFailed } = await open({
    healthzBindAddress: healthz,
    metricsBindAddress: metrics,
  });
  health.updated();
  expect(hasFailed).toBe(false);
  const answers = await Promise.all(
    [`${healthz}/healthz`, `${healthz}/livez`, `${metrics}/metrics`, `${metrics}/proxyMode`].map(
      async (path) => fetch(`http://${path}`),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await answers[3]?.text()).toBe('userspace');
});

test('an address that is taken is told', async () => {
  const taken = await takePort(true);
  const { hasFailed, io } = await open({ healthzBindAddress: '', metricsBindAddress: taken });
  expect(hasFailed).toBe(true);
  expect(io.error).toEqual([
    expect.stringMatching(`^warning: nobody can ask at ${taken}: .*EADDRINUSE`),
  ]);
});

test('nothing is served where no address is configured', async () => {
  const { hasFailed } = await open({ healthzBindAddress: '', metricsBindAddress: '' });
  expect(hasFailed).toBe(false);
});
