import type { ServicePortCounters } from './account.ts';
import { healthRoutes, type HealthCounts } from './health-routes.ts';
import { createHealth, type Health } from './health.ts';
import { startHTTPServer, type HTTPServer, type Routes } from './http-server.ts';
import { createMetrics, metricsRoutes } from './metrics.ts';

export interface StatusServersOptions {
  /** `0.0.0.0:10256`; without it there is no such server. */
  readonly healthzBindAddress?: string;
  /** `127.0.0.1:10249`; without it there is no such server. */
  readonly metricsBindAddress?: string;
  /** Milliseconds; a change that waits for twice as long makes the node unhealthy. */
  readonly syncPeriod: number;
  readonly counters: () => readonly ServicePortCounters[];
  /** An address cannot be taken, and is tried again each five seconds. */
  readonly onFailure: (address: string, error: Error) => void;
}

/** The servers that tell how the proxy is. */
export interface StatusServers {
  /** To be told of changes that come and are carried out. */
  readonly health: Health;
  /** Fulfilled when both listen, or could not the first time: then their port is `undefined`. */
  readonly first: Promise<void>;
  readonly healthzPort: () => number | undefined;
  readonly metricsPort: () => number | undefined;
  readonly close: () => void;
}

export function startStatusServers(options: StatusServersOptions): StatusServers {
  const { healthzBindAddress, metricsBindAddress, syncPeriod, counters, onFailure } = options;
  const health = createHealth({ syncPeriod, now: Date.now });
  const healthCounts: HealthCounts = { healthz: {}, livez: {} };
  const registry = createMetrics({ counters, health, healthCounts });
  const start = (address: string | undefined, routes: Routes): HTTPServer | undefined =>
    address === undefined
      ? undefined
      : startHTTPServer({ address, routes, onFailure: (error) => onFailure(address, error) });
  const healthz = start(healthzBindAddress, healthRoutes(health, healthCounts));
  const metrics = start(metricsBindAddress, metricsRoutes(registry));
  return {
    health,
    first: Promise.all([healthz?.first, metrics?.first]).then(() => {}),
    healthzPort: () => healthz?.port(),
    metricsPort: () => metrics?.port(),
    close: () => {
      healthz?.close();
      metrics?.close();
    },
  };
}
