import type { Entry } from '../../ruleset/ipset/index.ts';
import type { ServicePort } from '../../service/service-port.ts';
import { originOf } from '../shared/origin-of.ts';
import type { KeyedEntry } from './fragment.ts';
import type { SetKey } from './sets.ts';

/** An address and port of a service port in a set. */
export function addressEntry(
  set: SetKey,
  servicePort: ServicePort,
  { ip, port, reason }: AddressParts,
): KeyedEntry {
  const entry: Entry = { kind: 'hash:ip,port', ip, protocol: servicePort.protocol, port };
  return { set, entry, origin: originOf(servicePort, reason) };
}

export interface AddressParts {
  readonly ip: string;
  readonly port: number;
  readonly reason: string;
}
