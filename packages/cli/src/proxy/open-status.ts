import {
  startStatusServers,
  type Health,
  type StatusServersOptions,
} from '@kube-rules/apply-linux';
import type { KubeProxyConfiguration } from '@kube-rules/core';
import type { CommandIO } from '../io.ts';
import { syncPeriodOf } from './follow-changes.ts';

export interface StatusOptions extends Pick<StatusServersOptions, 'counters'> {
  readonly config: KubeProxyConfiguration;
  readonly io: CommandIO;
}

export interface OpenStatus {
  readonly health: Health;
  /** An address could not be listened on the first time. */
  readonly hasFailed: boolean;
  readonly close: () => void;
}

/** Answers for the proxy on the addresses of its configuration; an empty one is served nowhere. */
export async function openStatus({ config, counters, io }: StatusOptions): Promise<OpenStatus> {
  const { healthzBindAddress, metricsBindAddress } = config;
  let hasFailed = false;
  const servers = startStatusServers({
    ...(healthzBindAddress !== '' && { healthzBindAddress }),
    ...(metricsBindAddress !== '' && { metricsBindAddress }),
    syncPeriod: syncPeriodOf(config),
    counters,
    onFailure: (address, { message }) => {
      hasFailed = true;
      io.writeError(`warning: nobody can ask at ${address}: ${message}\n`);
    },
  });
  await servers.first;
  return { health: servers.health, hasFailed, close: servers.close };
}
