import { isIPv6 } from 'node:net';
import {
  explainService,
  type Family,
  type Mode,
  type PortExplanation,
  type Release,
  type Snapshot,
} from '@kube-rules/core';
import { UsageError } from '../usage-error.ts';
import type { TraceClient } from './parse-client.ts';
import type { TraceTarget } from './parse-target.ts';

/** Where a packet goes, as the rules see it. */
export interface Destination {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

export interface TargetContext {
  /** None where only dumps are at hand. */
  readonly snapshot: Snapshot | undefined;
  readonly mode: Mode;
  readonly release: Release;
  readonly client: TraceClient;
}

/**
 * The cluster IP and port of a target that was named, in the client's family.
 *
 * @throws {UsageError} if no Service is called so, or its port is not told.
 */
export function resolveTarget(target: TraceTarget, context: TargetContext): Destination {
  if ('address' in target) return target;
  const name = target.port === undefined ? target.service : `${target.service}:${target.port}`;
  const [port, ...others] = inFamily(portsOf(target, name, context), context.client);
  if (!port)
    throw new UsageError(`--to ${name}: the Service has no address of the client's family`);
  if (others.length > 0) {
    const names = [port, ...others].map((one) => `${one.name}/${one.protocol}`);
    throw new UsageError(`--to ${name}: which port? ${names.join(' or ')}`);
  }
  const clusterIP = port.addresses.find(({ kind }) => kind === 'cluster IP');
  if (!clusterIP?.ip) throw new UsageError(`--to ${name}: the Service has no cluster IP`);
  return { address: clusterIP.ip, port: clusterIP.port, protocol: port.protocol };
}

/** The node itself calls by IPv4 where the Service has both. */
function inFamily(ports: readonly PortExplanation[], client: TraceClient): PortExplanation[] {
  const ofFamily = (wanted: Family): PortExplanation[] =>
    ports.filter(({ family }) => family === wanted);
  if (client.kind !== 'node') return ofFamily(isIPv6(client.address) ? 'IPv6' : 'IPv4');
  const ofIPv4 = ofFamily('IPv4');
  return ofIPv4.length > 0 ? ofIPv4 : ofFamily('IPv6');
}

function portsOf(
  target: Exclude<TraceTarget, Destination>,
  name: string,
  { snapshot, mode, release }: TargetContext,
): readonly PortExplanation[] {
  if (!snapshot)
    throw new UsageError(
      `--to ${name}: a Service has its address in a snapshot; name one, or give ADDRESS:PORT`,
    );
  const isNumber = /^\d+$/.test(target.port ?? '');
  // A Service's addresses and ports are the same in all modes.
  const explained = explainService(snapshot, isNumber ? target.service : name, {
    mode: mode === 'userspace' ? 'iptables' : mode,
    release,
  });
  if (!('ports' in explained)) {
    const { suggestion } = explained;
    const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
    throw new UsageError(`--to ${name}: the snapshot has no such Service${hint}`);
  }
  if (explained.notServed !== undefined)
    throw new UsageError(
      `--to ${name}: kube-proxy does nothing for ${explained.name}; ${explained.notServed}`,
    );
  const ports = explained.ports.filter(
    ({ protocol, addresses }) =>
      (target.protocol === undefined || protocol === target.protocol) &&
      (!isNumber ||
        addresses.some(({ kind, port }) => kind === 'cluster IP' && String(port) === target.port)),
  );
  if (ports.length > 0) return ports;
  const all = explained.ports.map((port) => port.name);
  throw new UsageError(
    `--to ${name}: no such port of ${explained.name}; it has ${[...new Set(all)].join(', ')}`,
  );
}
