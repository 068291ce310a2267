import { failureKinds, type FailureReason } from './failure.ts';
import { joinHostPort } from './parse-host-port.ts';

export interface ServicePortOfEvent {
  /** `prod/web:http`; empty where the whole process is meant. */
  readonly servicePort: string;
  readonly protocol: 'tcp' | 'udp';
}

/** What happened, as data; each is worth a line. */
export type ProxyEvent = ServicePortOfEvent &
  (
    | {
        readonly kind: 'listening';
        readonly address: string;
        readonly port: number;
        readonly endpoints: number;
      }
    | { readonly kind: 'removed'; readonly address: string; readonly port: number }
    | {
        readonly kind: 'endpoints';
        readonly added: readonly string[];
        readonly removed: readonly string[];
      }
    | { readonly kind: 'trouble'; readonly reason: FailureReason; readonly detail: string }
    | { readonly kind: 'recovered'; readonly reason: FailureReason }
  );

/** One line, without its end. */
export function printProxyEvent(event: ProxyEvent): string {
  const owner =
    event.servicePort === '' ? 'proxy' : `${event.servicePort} ${event.protocol.toUpperCase()}`;
  return `${owner}: ${describe(event)}`;
}

function describe(event: ProxyEvent): string {
  switch (event.kind) {
    case 'listening':
      return `listens on ${joinHostPort({ host: event.address, port: event.port })}, ${event.endpoints} endpoint${event.endpoints === 1 ? '' : 's'}`;
    case 'removed':
      return `no longer listens on ${joinHostPort({ host: event.address, port: event.port })}`;
    case 'endpoints':
      return [
        ...event.added.map((endpoint) => `+${endpoint}`),
        ...event.removed.map((endpoint) => `-${endpoint}`),
      ].join(' ');
    case 'trouble':
      return `${failureKinds[event.reason].text}${event.detail && `: ${event.detail}`}`;
    case 'recovered':
      return `no longer: ${failureKinds[event.reason].text}`;
  }
}
