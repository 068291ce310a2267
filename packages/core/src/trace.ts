import type { Ruleset } from './compile.ts';
import { interfacesOf, sysctlsOf, traceRulesOf } from './trace-rules.ts';
import { joinEnvironments, type TraceEnvironment } from './trace/walk/environment.ts';
import { prepareRules } from './trace/hooks.ts';
import type { Packet } from './trace/walk/packet.ts';
import { tracePacket, type TraceResult } from './trace/trace-packet.ts';
import type { Traceable, TraceRules } from './trace/walk/traceable.ts';

/**
 * Indexes a node's rules and its environment once, for many packets: compiled rules, or the normal forms
 * of rules that were read. What kube-proxy itself sets on the node (interfaces, kernel settings) is added
 * to the environment.
 */
export function prepareTrace(
  rules: Ruleset | TraceRules,
  environment: TraceEnvironment,
): Traceable {
  if (!('mode' in rules)) return prepareRules(rules, environment);
  const own = { interfaces: interfacesOf(rules), sysctls: sysctlsOf(rules) };
  return prepareRules(traceRulesOf(rules), joinEnvironments(own, environment));
}

/**
 * Takes the first packet of a connection through a node's rules, as the kernel would: all that may become of
 * it, each with its probability and its path. For more than one packet, see `prepareTrace`.
 *
 * @throws {TypeError} for a packet whose addresses are none, or of two families.
 */
export function trace(
  rules: Ruleset | TraceRules,
  packet: Packet,
  environment: TraceEnvironment,
): TraceResult {
  return tracePacket(prepareTrace(rules, environment), packet);
}
