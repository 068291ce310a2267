import type { Service } from '../snapshot/service.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { suggest } from '../util/suggest.ts';

export interface FoundService {
  readonly service: Service;
  /** The name of the port that was asked for; `undefined` for all. */
  readonly portName: string | undefined;
}

/** `undefined` in `suggestion` if no Service has a name like it. */
export interface UnknownService {
  readonly suggestion: string | undefined;
}

/** Finds a Service by `namespace/name`, or by `name` alone where no other has it; `:port` behind it asks for one port. */
export function findService(snapshot: Snapshot, query: string): FoundService | UnknownService {
  const { name = '', portName } =
    /^(?<name>[^:]*)(?::(?<portName>.*))?$/s.exec(query)?.groups ?? {};
  const named = snapshot.services.filter((service) => isCalled(service, name));
  const [service, ...others] = named;
  const hasPort =
    portName === undefined || service?.spec.ports.some((port) => port.name === portName);
  if (service && others.length === 0 && hasPort === true) return { service, portName };
  return { suggestion: suggest(query, candidatesFor(snapshot, name)) };
}

function isCalled({ metadata: { namespace, name } }: Service, asked: string): boolean {
  return asked.includes('/') ? `${namespace}/${name}` === asked : name === asked;
}

/** A port is suggested where its Service is known. */
function candidatesFor({ services }: Snapshot, asked: string): string[] {
  const known = services.filter((service) => isCalled(service, asked));
  if (known.length > 0) return known.flatMap(portNamesOf);
  return services.flatMap(({ metadata: { namespace, name } }) => [`${namespace}/${name}`, name]);
}

function portNamesOf({ metadata: { namespace, name }, spec }: Service): string[] {
  return spec.ports.map((port) =>
    port.name === '' ? `${namespace}/${name}` : `${namespace}/${name}:${port.name}`,
  );
}
