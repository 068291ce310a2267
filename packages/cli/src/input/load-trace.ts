import { snapshotForNode } from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { homeOf } from './home-of.ts';
import { loadSnapshot, type LoadedSnapshot } from './load-snapshot.ts';
import type { TraceClient } from './parse-client.ts';
import { readDumpFiles, refuseOneInputTwice, type ReadDumpFiles } from './read-dump-files.ts';

export interface TraceSources {
  /** Snapshot files; none with `live` is no snapshot. */
  readonly files: readonly string[];
  readonly live: readonly string[];
  readonly node: string | undefined;
}

/** What a packet is taken through. */
export interface LoadedTrace {
  readonly loaded: LoadedSnapshot | undefined;
  /** `undefined` where the rules are those of the snapshot. */
  readonly dumps: ReadDumpFiles | undefined;
  /** On which node the client is, where it is a pod of another one. */
  readonly awayFrom: string | undefined;
}

/** Reads a snapshot, a node's dumps, or both. The node is that of the client's pod, unless another was asked for. */
export async function loadTrace(
  { files, live, node }: TraceSources,
  client: TraceClient,
  context: CommandContext,
): Promise<LoadedTrace> {
  const isLive = live.length > 0;
  const hasSnapshot = !isLive || files.length > 0;
  if (hasSnapshot) refuseOneInputTwice(files, live);
  const loaded = hasSnapshot ? await loadSnapshot(files, { node }, context) : undefined;
  const dumps = isLive ? await readDumpFiles(live, context.io) : undefined;
  const home =
    loaded && client.kind === 'address' ? homeOf(client.address, loaded.snapshot) : undefined;
  if (!loaded || home === undefined || home === loaded.snapshot.nodeName)
    return { loaded, dumps, awayFrom: undefined };
  const isFree = node === undefined && loaded.snapshot.nodeName === '';
  if (!isFree) return { loaded, dumps, awayFrom: home };
  const snapshot = snapshotForNode(loaded.snapshot, home);
  const diagnostics = loaded.diagnostics.filter(({ code }) => code !== 'NODE_AMBIGUOUS');
  return { loaded: { ...loaded, snapshot, diagnostics }, dumps, awayFrom: undefined };
}
