import type { Ruleset } from './compile.ts';
import type { TraceEnvironment } from './trace/environment.ts';
import { prepareTrace as prepareRules } from './trace/hooks.ts';
import type { Packet } from './trace/packet.ts';
import { tracePacket, type TraceResult } from './trace/trace-packet.ts';
import type { Traceable } from './trace/traceable.ts';
import type { TraceRules } from './trace/traceable.ts';
import { interfacesOf, sysctlsOf, traceRulesOf } from './trace-rules.ts';

/** Rules that are ready for many packets, and what they bring to the node. */
export interface PreparedTrace {
  readonly traceable: Traceable;
  readonly environment: TraceEnvironment;
}

/** Indexes compiled rules, or the normal forms of rules that were read, for many packets. */
export function prepareTrace(rules: Ruleset | TraceRules): PreparedTrace {
  if (!('mode' in rules)) return { traceable: prepareRules(rules), environment: {} };
  return {
    traceable: prepareRules(traceRulesOf(rules)),
    environment: { interfaces: interfacesOf(rules), sysctls: sysctlsOf(rules) },
  };
}

/**
 * Takes the first packet of a connection through a node's rules, as the kernel would: all that may become of
 * it, each with its probability and its path.
 *
 * @param rules Compiled, read from a node, or either prepared for many packets.
 * @throws {TypeError} for a packet whose addresses are none, or of two families.
 */
export function trace(
  rules: Ruleset | TraceRules | PreparedTrace,
  packet: Packet,
  environment: TraceEnvironment,
): TraceResult {
  const prepared = 'traceable' in rules ? rules : prepareTrace(rules);
  return tracePacket(
    prepared.traceable,
    packet,
    joinEnvironments(prepared.environment, environment),
  );
}

/** Both; where they tell of the same, what comes last counts. */
export function joinEnvironments(
  first: TraceEnvironment,
  last: TraceEnvironment,
): TraceEnvironment {
  const named = [...(first.interfaces ?? []), ...(last.interfaces ?? [])];
  return {
    ...first,
    ...last,
    interfaces: [...new Map(named.map((one) => [one.name, one])).values()],
    routes: [...(first.routes ?? []), ...(last.routes ?? [])],
    sysctls: { ...first.sysctls, ...last.sysctls },
    recent: [...(first.recent ?? []), ...(last.recent ?? [])],
  };
}
