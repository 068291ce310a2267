import { isIP } from 'node:net';
import { UsageError } from '../usage-error.ts';

/** Who sends the packet: `address` is `node` for a process of the node. */
export interface TraceClient {
  readonly kind: 'address' | 'node' | 'external';
  readonly address: string;
}

/**
 * `--from`: a pod's address, `node`, or `external:` with the address of a client outside of the cluster.
 *
 * @throws {UsageError} for anything else.
 */
export function parseClient(text: string): TraceClient {
  if (text === 'node') return { kind: 'node', address: 'node' };
  const [, external, address = ''] = /^(external:)?\[?([^\]]*)\]?$/.exec(text.trim()) ?? [];
  if (isIP(address) !== 0 && !address.includes('%'))
    return { kind: external === undefined ? 'address' : 'external', address };
  throw new UsageError(`--from ${text}: ${whyNot(text)}`);
}

const forms = "give a pod's address, node, or external:ADDRESS";

function whyNot(text: string): string {
  if (/^node/i.test(text)) return 'did you mean node? Which node is told by --node';
  if (/^ext/i.test(text)) return `no address of a client outside; ${forms}`;
  if (/^[\d.]+:\d+$/.test(text))
    return `the client has no port; did you mean ${text.split(':')[0]}?`;
  return `no address; ${forms} (kubectl get pod -o wide shows a pod's)`;
}
