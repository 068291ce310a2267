import { ownerFinder, type FindOwner, type Owner } from './audit/attribute.ts';
import { compile, type Mode } from './compile.ts';
import type { NodeRules } from './diff/node-rules.ts';
import { lineFinder } from './dump/line-finder.ts';
import type { DumpFiles } from './dump/read-dumps.ts';
import { readNormalForms } from './dump/read-normal-forms.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { rulesOfRuleset } from './rules-of-ruleset.ts';
import type { Release } from './service/release.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { traceEnvironmentOf } from './trace-environment.ts';
import { serviceInterface } from './trace-rules.ts';
import { trace } from './trace.ts';
import {
  joinEnvironments,
  type TraceEnvironment,
  type TraceInterface,
} from './trace/walk/environment.ts';
import type { Packet } from './trace/walk/packet.ts';
import type { Step } from './trace/walk/step.ts';
import type { TraceRules } from './trace/walk/traceable.ts';
import { describeOutcomes, type TracedOutcome } from './traced-step.ts';

export interface TraceDumpsOptions {
  /** Of the node's cluster: tells its surroundings, and with `mode` whose rules are without comments. */
  readonly snapshot?: Snapshot;
  readonly mode?: Mode;
  readonly release?: Release;
  /** What neither the snapshot nor the dumps tell. */
  readonly environment?: TraceEnvironment;
}

export interface DumpTrace {
  readonly outcomes: readonly TracedOutcome[];
  /** Of lines that could not be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What becomes of a packet under the rules that a node has, by what its tools printed: kube-proxy's and
 * everybody else's, with their lines and the Services behind them.
 *
 * @throws {TypeError} for a packet whose addresses are none, or of two families.
 */
export function traceDumps(
  files: DumpFiles,
  packet: Packet,
  { snapshot, mode, release, environment = {} }: TraceDumpsOptions = {},
): DumpTrace {
  const { rules, environment: ofDumps, diagnostics } = readTraceRules(files);
  const ofNode = joinEnvironments(snapshot ? traceEnvironmentOf(snapshot) : {}, ofDumps);
  const { outcomes } = trace(rules, packet, joinEnvironments(ofNode, environment));
  const expected =
    snapshot && mode ? rulesOfRuleset(compile(snapshot, mode, release ? { release } : {})) : [];
  const lineOf = lineFinder(files);
  return {
    outcomes: describeOutcomes(outcomes, {
      locate: (step) => {
        const place = 'place' in step ? step.place : undefined;
        return place && { file: place.source, line: lineOf(place) };
      },
      ownerOf: ownerOfStep(expected),
    }),
    diagnostics,
  };
}

/** What a node's dumps hold for a trace. */
export interface ReadTraceRules {
  readonly rules: TraceRules;
  /** The addresses and settings that are among the dumps. */
  readonly environment: TraceEnvironment;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads what the tools of a node printed, for `prepareTrace`. */
export function readTraceRules(files: DumpFiles): ReadTraceRules {
  const { interfaces, serviceAddresses, diagnostics, ...rules } = readNormalForms(files);
  const read = interfaces.map(({ name, addresses }): TraceInterface => ({
    name,
    addresses: addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
  }));
  const served = serviceInterface(serviceAddresses);
  const all = serviceAddresses.length > 0 ? [served, ...read] : read;
  const hasServers = rules.virtualServers.length > 0;
  const ofServices = all.filter(({ name }) => name === served.name && !hasServers);
  const environment: TraceEnvironment = {
    interfaces: all,
    sysctls: sysctlsOfFiles(files),
    servedByIPVS: ofServices.flatMap(({ addresses }) =>
      addresses.map((text) => text.replace(/\/\d+$/, '')),
    ),
  };
  return { rules, environment, diagnostics };
}

/** The lines `NAME = VALUE` of the files that are named `.sysctl`. */
function sysctlsOfFiles(files: DumpFiles): Record<string, number> {
  const settings = Object.entries(files).flatMap(([file, text]) =>
    file.endsWith('.sysctl') ? [...text.matchAll(/^(net\.\S+) = (\d+)$/gm)] : [],
  );
  return Object.fromEntries(settings.map(([, name = '', value]) => [name, Number(value)]));
}

/** By what kube-proxy would program, else by names and comments. */
function ownerOfStep(expected: NodeRules): (step: Step) => Owner {
  const find: FindOwner = ownerFinder(expected);
  return (step) => {
    if (step.kind === 'virtualServer') return find({ text: step.realServer ?? '' }, step.service);
    if (step.kind !== 'rule') return {};
    const comment = step.comment === undefined ? '' : ` comment ${JSON.stringify(step.comment)}`;
    const byRule = find({ text: `${step.text}${comment}` }, step.chain);
    if (byRule.servicePort !== undefined) return byRule;
    const owners = (step.elements ?? []).map(({ text, container }) => find({ text }, container));
    return owners.find(({ servicePort }) => servicePort !== undefined) ?? {};
  };
}
