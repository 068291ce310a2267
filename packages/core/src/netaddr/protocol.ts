export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

const names = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' } as const;

/** The protocol's name in netfilter's tools. */
export type ProtocolName = (typeof names)[Protocol];

export function protocolName(protocol: Protocol): ProtocolName {
  return names[protocol];
}
