/** What can go wrong for a service port; also the value of the metric's label `reason`. */
export type FailureReason =
  | 'listen_failed'
  | 'claim_failed'
  | 'no_endpoints'
  | 'dial_refused'
  | 'dial_timed_out'
  | 'dial_failed'
  | 'endpoints_unreachable'
  | 'client_reset'
  | 'endpoint_reset'
  | 'client_stalled'
  | 'endpoint_stalled'
  | 'connection_limit'
  | 'descriptor_limit'
  | 'datagram_lost';

export interface FailureKind {
  readonly text: string;
  /**
   * How it is told once only: `state` until it is well again, `event` once until it was quiet for a
   * while, `never` because it is everyday life and counted only.
   */
  readonly told: 'state' | 'event' | 'never';
}

export const failureKinds: Readonly<Record<FailureReason, FailureKind>> = {
  listen_failed: { text: 'cannot listen, and tries again', told: 'state' },
  claim_failed: { text: 'cannot hold an address, and tries again', told: 'state' },
  no_endpoints: { text: 'has no endpoints', told: 'state' },
  dial_refused: { text: 'an endpoint refuses', told: 'state' },
  dial_timed_out: { text: 'an endpoint does not answer', told: 'state' },
  dial_failed: { text: 'an endpoint cannot be dialed', told: 'state' },
  endpoints_unreachable: { text: 'no endpoint could be reached', told: 'state' },
  client_reset: { text: 'a client reset its connection', told: 'never' },
  endpoint_reset: { text: 'an endpoint reset a connection', told: 'event' },
  client_stalled: { text: 'a client does not read', told: 'event' },
  endpoint_stalled: { text: 'an endpoint does not read', told: 'event' },
  connection_limit: { text: 'the limit of connections is reached', told: 'state' },
  descriptor_limit: { text: 'file descriptors are used up', told: 'state' },
  datagram_lost: { text: 'datagrams are lost', told: 'event' },
};

/** The reasons that concern one endpoint, and end when it answers or is gone. */
export const dialReasons: readonly FailureReason[] = [
  'dial_refused',
  'dial_timed_out',
  'dial_failed',
];
