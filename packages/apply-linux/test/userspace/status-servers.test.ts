import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import {
  startStatusServers,
  type StatusServers,
  type StatusServersOptions,
} from '../../src/userspace/status-servers.ts';
import { ask } from './support/client.ts';
import { portOf as portOfServer, refusingAddress, startNamed } from './support/endpoint.ts';
import { runProxy, tcp } from './support/run-proxy.ts';
import { until } from './support/until.ts';

async function start(options: Partial<StatusServersOptions> = {}): Promise<StatusServers> {
  const servers = startStatusServers({
    healthzBindAddress: '127.0.0.1:0',
    metricsBindAddress: '[::1]:0',
    syncPeriod: 30_000,
    counters: () => [],
    onFailure: () => {},
    ...options,
  });
  onTestFinished(servers.close);
  await servers.first;
  return servers;
}

test('/healthz and /livez answer as kube-proxy does', async () => {
  const { healthzPort } = await start();
  const time = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)? \\+0000 UTC';
  const times = `"lastUpdated": "${time}","currentTime": "${time}"`;
  const healthz = await fetch(`http://127.0.0.1:${healthzPort()}/healthz`);
  expect(healthz.status).toBe(200);
  expect(healthz.headers.get('content-type')).toBe('application/json');
  expect(healthz.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await healthz.text()).toMatch(new RegExp(`^{${times}, "nodeEligible": true}$`));
  const livez = await fetch(`http://127.0.0.1:${healthzPort()}/livez`);
  expect(await livez.text()).toMatch(new RegExp(`^{${times}}$`));
  expect((await fetch(`http://127.0.0.1:${healthzPort()}/other`)).status).toBe(404);
});

test('a node that is not eligible is alive, but gets no new connections', async () => {
  const { healthzPort, health } = await start();
  health.setNodeEligible(false);
  const healthz = await fetch(`http://127.0.0.1:${healthzPort()}/healthz`);
  expect(healthz.status).toBe(503);
  expect(await healthz.text()).toMatch(/, "nodeEligible": false}$/);
  expect((await fetch(`http://127.0.0.1:${healthzPort()}/livez`)).status).toBe(200);
});

test('a change that waits too long makes both fail', async () => {
  const { healthzPort, health } = await start({ syncPeriod: 20 });
  const statuses = async (): Promise<number[]> =>
    Promise.all(
      ['healthz', 'livez'].map(
        async (path) => (await fetch(`http://127.0.0.1:${healthzPort()}/${path}`)).status,
      ),
    );
  health.updated();
  health.queued();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await statuses()).toEqual([503, 503]);
  health.updated();
  expect(await statuses()).toEqual([200, 200]);
});

test('/metrics has connections, bytes and failures by service port', async () => {
  const [a, dead] = [await startNamed('answer'), await refusingAddress()];
  const { portOf, counters, countersOf } = await runProxy([
    tcp('prod/web:http', [dead, a.address]),
  ]);
  const { metricsPort, healthzPort, health } = await start({ counters });
  health.updated();
  expect(await ask(portOf('prod/web:http'))).toBe('answer');
  await until(() => countersOf('prod/web:http').openConnections === 0);
  await (await fetch(`http://127.0.0.1:${healthzPort()}/healthz`)).text();
  const response = await fetch(`http://[::1]:${metricsPort()}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await response.text()).split('\n');
  const port = 'service_port="prod/web:http",protocol="tcp"';
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE kube_rules_proxy_connections_total counter',
      `kube_rules_proxy_connections_total{${port}} 1`,
      `kube_rules_proxy_connections_open{${port}} 0`,
      `kube_rules_proxy_bytes_total{${port},from="client"} 0`,
      `kube_rules_proxy_bytes_total{${port},from="endpoint"} 6`,
      `kube_rules_proxy_failures_total{${port},reason="dial_refused"} 1`,
      'kubeproxy_proxy_healthz_total{code="200"} 1',
    ]),
  );
  const last = lines.find((line) => line.startsWith('kubeproxy_sync_proxy_rules_last_timestamp'));
  expect(Number(last?.split(' ')[1])).toBeGreaterThan(1_700_000_000);
  const again = await (await fetch(`http://[::1]:${metricsPort()}/metrics`)).text();
  expect(again.split('\n')).toContain(`kube_rules_proxy_connections_total{${port}} 1`);
});

test('the metrics server tells the mode, and that it lives', async () => {
  const { metricsPort } = await start();
  const text = async (path: string): Promise<string> =>
    (await fetch(`http://[::1]:${metricsPort()}${path}`)).text();
  expect(await text('/proxyMode')).toBe('userspace');
  expect(await text('/healthz?verbose=1')).toBe('ok');
});

test('an address that is taken is told, and does not keep the other from answering', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const taken = `127.0.0.1:${portOfServer(server)}`;
  const failures: string[] = [];
  const { healthzPort, metricsPort } = await start({
    healthzBindAddress: taken,
    onFailure: (address, { message }) => failures.push(`${address}: ${message}`),
  });
  expect(healthzPort()).toBeUndefined();
  expect((await fetch(`http://[::1]:${metricsPort()}/healthz`)).status).toBe(200);
  expect(failures).toEqual([expect.stringMatching(`^${taken}: .*EADDRINUSE`)]);
});
