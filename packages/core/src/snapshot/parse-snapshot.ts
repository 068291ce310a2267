import { parseKubeProxyFlags } from '../config/parse-flags.ts';
import { defaultMaxLength, parseDocuments } from '../document/parse-documents.ts';
import type { SourceText } from '../document/source-text.ts';
import { assembleSnapshot } from './assemble-snapshot.ts';
import { collectObjects } from './collect-objects.ts';
import type { ParsedSnapshot } from './snapshot.ts';

export interface ParseSnapshotOptions {
  /** What diagnostics call the input; `<input>` by default. */
  readonly file?: string;
  /** The node whose rules are wanted, where the snapshot leaves a choice. */
  readonly nodeName?: string;
  /** kube-proxy's command-line arguments, as they stand in a DaemonSet; they win over a configuration document. */
  readonly kubeProxyArgs?: readonly string[];
  /** The name of the machine whose rules are wanted: its Node's, if the snapshot has that and names no other. */
  readonly machineName?: string;
  /** The longest text that is read, in UTF-16 code units. */
  readonly maxLength?: number;
}

/**
 * Reads a snapshot from YAML or JSON, one text or many, as `kubectl get
 * services,endpointslices,nodes -A -o yaml` prints it, beside the configuration of kube-proxy (a
 * KubeProxyConfiguration, or kubeadm's ConfigMap) and a NodeState.
 *
 * Never throws for what is in the text: each problem is a diagnostic, what is wrong is left out,
 * and the rest goes on.
 */
export function parseSnapshot(
  input: string | readonly SourceText[],
  options: ParseSnapshotOptions = {},
): ParsedSnapshot {
  const { file = '<input>', nodeName, machineName, kubeProxyArgs = [] } = options;
  const { maxLength = defaultMaxLength } = options;
  const sources = typeof input === 'string' ? [{ file, text: input }] : input;
  const parsed = sources.map((source) => parseDocuments(source, maxLength));
  const collected = parsed.flatMap(({ documents }) => documents).map(collectObjects);
  const flags = parseKubeProxyFlags(kubeProxyArgs);
  const diagnostics = [
    ...parsed.flatMap((part) => part.diagnostics),
    ...collected.flatMap((part) => part.diagnostics),
    ...flags.diagnostics,
  ];
  const objects = collected.flatMap((part) => part.objects);
  return assembleSnapshot(objects, diagnostics, { nodeName, layers: [flags.layer], machineName });
}
