import type { PortRange } from '../../config/port-range.ts';
import { compareText } from '../../util/compare-text.ts';
import { groupBy } from '../../util/group-by.ts';
import { hashNumber } from '../names/hash.ts';
import { createPortPool, type PortPool } from './port-pool.ts';

/** Proxy ports by `namespace/name:port/protocol`. */
export type ProxyPorts = Readonly<Record<string, number>>;

/** A service port, of whichever families it has, that needs a proxy port. */
export interface PortRequest {
  /** `prod/web:http/tcp` */
  readonly key: string;
  /** `prod/web` */
  readonly service: string;
  /** The ports of the node that it claims for itself. */
  readonly claimedPorts: readonly number[];
}

export interface PortChoice {
  readonly range: PortRange;
  readonly reserved: readonly number[];
  /** When Services came, in milliseconds since 1970, by `namespace/name`. */
  readonly created: ReadonlyMap<string, number>;
  /** What the user wants. */
  readonly wanted: ProxyPorts;
  /** What the node has. */
  readonly former: ProxyPorts;
}

export interface ChosenPorts {
  readonly ports: ReadonlyMap<string, number>;
  /** Those whose wanted port another one has, which is chosen anew. */
  readonly duplicates: readonly PortRequest[];
  /** Those for which nothing is left. */
  readonly exhausted: readonly PortRequest[];
}

/**
 * A proxy port for each service port; a number serves once, whatever the protocol. Ports that are wanted or
 * that the node has stay. The others are found by the hash of the name, in the order in which the
 * Services were created: so one that comes later takes what is left, and moves none that was there.
 *
 * Services without a time of creation come last, by name. Among those, or within one second, no function of
 * the objects alone can tell who was there first: where two hashes meet, a new one may then move the port of
 * an old one, unless the old one's is `wanted` or `former`.
 *
 * @param requests In canonical order.
 */
export function chooseProxyPorts(
  requests: readonly PortRequest[],
  { range, reserved, created, wanted, former }: PortChoice,
): ChosenPorts {
  const pool = createPortPool(range);
  const ports = new Map<string, number>();
  const duplicates = keep(requests, wanted, { pool, ports });
  keep(requests, former, { pool, ports });
  for (const port of reserved) pool.take(port);
  const exhausted: PortRequest[] = [];
  for (const ofService of byCreation(requests, created)) {
    for (const port of ofService.flatMap(({ claimedPorts }) => claimedPorts)) pool.take(port);
    for (const request of ofService) {
      if (ports.has(request.key)) continue;
      const port = pool.allot(hashNumber(request.key));
      if (port === undefined) exhausted.push(request);
      else ports.set(request.key, port);
    }
  }
  return { ports, duplicates, exhausted };
}

interface Chosen {
  readonly pool: PortPool;
  readonly ports: Map<string, number>;
}

/** Gives each service port the one that it has in a list. @returns those whose port another one has. */
function keep(
  requests: readonly PortRequest[],
  list: ProxyPorts,
  { pool, ports }: Chosen,
): PortRequest[] {
  return requests.filter(({ key }) => {
    const port = Object.hasOwn(list, key) ? list[key] : undefined;
    if (port === undefined || ports.has(key)) return false;
    if (!pool.isFree(port)) return true;
    pool.take(port);
    ports.set(key, port);
    return false;
  });
}

/** The service ports of each Service, the oldest Service first. */
function byCreation(
  requests: readonly PortRequest[],
  created: ReadonlyMap<string, number>,
): (readonly PortRequest[])[] {
  const services = [...groupBy(requests, ({ service }) => service)];
  const timeOf = (service: string): number => created.get(service) ?? Infinity;
  return services
    .sort(([a], [b]) => {
      const [first, second] = [timeOf(a), timeOf(b)];
      return first === second ? compareText(a, b) : first - second;
    })
    .map(([, ofService]) => ofService);
}
