import { Counter, Gauge, Registry } from 'prom-client';
import type { ServicePortCounters } from './account.ts';
import type { HealthCounts } from './health-routes.ts';
import type { Health } from './health.ts';
import type { Routes } from './http-server.ts';

export interface MetricsOptions {
  readonly counters: () => readonly ServicePortCounters[];
  readonly health: Health;
  readonly healthCounts: HealthCounts;
}

/** A value, and the labels that it has beside its own. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

const owner = ['service_port', 'protocol'];

/** The metrics of the proxy in a registry of their own; values are taken when somebody asks. */
export function createMetrics({ counters, health, healthCounts }: MetricsOptions): Registry {
  const registry = new Registry();
  const collectPorts = (read: (port: ServicePortCounters) => readonly Sample[]) => (): Sample[] =>
    counters().flatMap((port) =>
      read(port).map(([labels, value]): Sample => [
        { service_port: port.servicePort, protocol: port.protocol, ...labels },
        value,
      ]),
    );

  addCounter(registry, {
    name: 'kube_rules_proxy_connections_total',
    help: 'TCP connections and UDP sessions that were let in',
    labelNames: owner,
    read: collectPorts(({ connections }) => [[{}, connections]]),
  });
  addGauge(registry, {
    name: 'kube_rules_proxy_connections_open',
    help: 'TCP connections and UDP sessions that live',
    labelNames: owner,
    read: collectPorts(({ openConnections }) => [[{}, openConnections]]),
  });
  addCounter(registry, {
    name: 'kube_rules_proxy_bytes_total',
    help: 'Bytes that were received, by the side that sent them',
    labelNames: [...owner, 'from'],
    read: collectPorts(({ bytesFromClients, bytesFromEndpoints }) => [
      [{ from: 'client' }, bytesFromClients],
      [{ from: 'endpoint' }, bytesFromEndpoints],
    ]),
  });
  addCounter(registry, {
    name: 'kube_rules_proxy_failures_total',
    help: 'What went wrong, by reason',
    labelNames: [...owner, 'reason'],
    read: collectPorts(({ failures }) =>
      Object.entries(failures).map(([reason, times]): Sample => [{ reason }, times]),
    ),
  });
  addHealthMetrics(registry, health, healthCounts);
  return registry;
}

/** kube-proxy's own names. */
function addHealthMetrics(registry: Registry, health: Health, counts: HealthCounts): void {
  for (const path of ['healthz', 'livez'] as const) {
    addCounter(registry, {
      name: `kubeproxy_proxy_${path}_total`,
      help: `Answers at /${path}, by status`,
      labelNames: ['code'],
      read: () => Object.entries(counts[path]).map(([code, times]): Sample => [{ code }, times]),
    });
  }
  addGauge(registry, {
    name: 'kubeproxy_sync_proxy_rules_last_timestamp_seconds',
    help: 'When the last change was carried out',
    labelNames: [],
    read: () => [[{}, (health.read().lastUpdated ?? 0) / 1000]],
  });
  addGauge(registry, {
    name: 'kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds',
    help: 'When the last change came',
    labelNames: [],
    read: () => [[{}, (health.read().lastQueued ?? 0) / 1000]],
  });
}

interface MetricOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly read: () => readonly Sample[];
}

function addCounter(registry: Registry, { name, help, labelNames, read }: MetricOptions): void {
  const counter: Counter = new Counter({
    name,
    help,
    labelNames,
    registers: [registry],
    collect: () => {
      counter.reset();
      for (const [labels, value] of read()) counter.inc(labels, value);
    },
  });
}

function addGauge(registry: Registry, { name, help, labelNames, read }: MetricOptions): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    collect: () => {
      gauge.reset();
      for (const [labels, value] of read()) gauge.set(labels, value);
    },
  });
}

/** What kube-proxy answers at its metricsBindAddress, without its debugging. */
export function metricsRoutes(registry: Registry): Routes {
  const plain = { 'Content-Type': 'text/plain; charset=utf-8' };
  return {
    '/metrics': async () => ({
      status: 200,
      headers: { 'Content-Type': registry.contentType },
      body: await registry.metrics(),
    }),
    '/healthz': () => ({ status: 200, headers: plain, body: 'ok' }),
    '/proxyMode': () => ({ status: 200, headers: plain, body: 'userspace' }),
  };
}
