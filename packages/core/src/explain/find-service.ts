import type { Service } from '../snapshot/service.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { suggest } from '../util/suggest.ts';

export interface FoundService {
  readonly service: Service;
  /** The name of the port that was asked for; `undefined` for all. */
  readonly portName: string | undefined;
}

/** No Service is called so, or several are. */
export interface UnknownService {
  /** A name that may be meant; `undefined` if none is like it. */
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
  if (service && others.length === 0) return { suggestion: suggestPort(service, portName) };
  if (service) return { suggestion: qualifiedName(service) };
  return { suggestion: suggest(name, namesOf(snapshot)) };
}

function isCalled(service: Service, asked: string): boolean {
  const { name } = service.metadata;
  return asked.includes('/') ? qualifiedName(service) === asked : name === asked;
}

function qualifiedName({ metadata: { namespace, name } }: Service): string {
  return `${namespace}/${name}`;
}

function suggestPort(service: Service, asked = ''): string | undefined {
  const port = suggest(
    asked,
    service.spec.ports.map(({ name }) => name),
  );
  return port && `${qualifiedName(service)}:${port}`;
}

function namesOf({ services }: Snapshot): string[] {
  return services.flatMap((service) => [qualifiedName(service), service.metadata.name]);
}
