import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './probe.ts';

const TRUTH = fileURLToPath(new URL('../../../../shared/truth/', import.meta.url));

/** A flow of the record: connections from one client to one address. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly what: string;
  readonly affinity?: 'cleared' | 'sticky' | 'any';
  /** The source that the client's kernel chose, where it is not the address in `from`. */
  readonly packetSource?: string;
  readonly outcomes: readonly RecordedOutcome[];
}

/** An outcome and where else the packets of the connection were seen. */
export interface RecordedOutcome extends Outcome {
  readonly arrived?: readonly {
    readonly at: string;
    readonly destination: string;
    readonly source: string;
  }[];
}

/** A recorded cluster. */
export interface TruthCase {
  readonly name: string;
  readonly snapshotText: string;
  readonly flows: readonly Flow[];
}

/** What is missing to read the record, a sentence each. */
export function missingTruth(): readonly string[] {
  return existsSync(TRUTH) ? [] : [`The record of real connections is not there: ${TRUTH}`];
}

/** The names of the recorded clusters. */
export function truthCaseNames(): readonly string[] {
  if (!existsSync(TRUTH)) return [];
  return readdirSync(TRUTH, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** The files that kube-proxy wrote for a cluster in a mode, by name. */
export function readTruthFiles(
  name: string,
  mode: 'iptables' | 'ipvs' | 'nftables',
): Readonly<Record<string, string>> {
  const folder = `${TRUTH}${name}/${mode}`;
  const files = readdirSync(folder);
  return Object.fromEntries(files.map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')]));
}

export function readTruthCase(name: string, mode: 'iptables' | 'ipvs' | 'nftables'): TruthCase {
  const record = JSON.parse(readFileSync(`${TRUTH}${name}/${mode}.json`, 'utf8')) as {
    flows: readonly Flow[];
  };
  const snapshotText = readFileSync(`${TRUTH}${name}/snapshot.yaml`, 'utf8');
  return {
    name,
    snapshotText,
    flows: record.flows.map((flow) => ({ ...flow, outcomes: possibleOutcomes(flow, record) })),
  };
}

/** The service of a flow and the family by which it is called. */
export function serviceOf({ what, to }: Flow): string {
  const family = to.startsWith('[') ? 'IPv6' : 'IPv4';
  return `${what.replace(/^.* of /, '')} (${family})`;
}

// A sticky flow was recorded with the one endpoint that its client happened to get; its cleared twin has all of them.
function possibleOutcomes(
  { from, to }: Flow,
  { flows }: { flows: readonly Flow[] },
): readonly RecordedOutcome[] {
  return flows
    .filter((flow) => flow.from === from && flow.to === to)
    .flatMap(({ outcomes }) => outcomes);
}
