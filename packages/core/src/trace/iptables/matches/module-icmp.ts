import { certainly } from './match-context.ts';
import { allOf } from './all-of.ts';
import type { ModuleMatcher } from './match-other.ts';

/** The first packet of an ICMP connection is an echo request, by name or by number. */
const requests: Readonly<Record<string, readonly string[]>> = {
  icmp: ['any', 'echo-request', 'ping', '8', '8/0'],
  'ipv6-icmp': ['any', 'echo-request', 'ping', '128', '128/0'],
};

export const matchIcmpType: ModuleMatcher = (options, { packet }) =>
  allOf(options, ({ values: [type = ''] }) =>
    certainly(requests[packet.protocol]?.includes(type) ?? false),
  );
