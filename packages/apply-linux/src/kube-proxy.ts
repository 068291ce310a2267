import type { DumpFiles } from '@kube-rules/core';
import type { Machine } from './machine.ts';

/** Where kube-proxy serves its health and its metrics, unless it is told otherwise. */
const usualPorts = [10_256, 10_249];

/**
 * What shows that a kube-proxy is at work on a node, as a clause; `undefined` for nothing. Its process is
 * not seen from a container. Its canary chain stays when it ends, and tells no time; so that counts only
 * where something listens on a port of kube-proxy's as well.
 */
export async function describeKubeProxy(
  machine: Machine,
  files: DumpFiles,
): Promise<string | undefined> {
  const processes = await machine.findKubeProxy();
  if (processes.length > 0) return `process ${processes.join(', ')}`;
  const hasCanary = Object.values(files).some((text) => /^:KUBE-PROXY-CANARY /m.test(text));
  if (!hasCanary) return undefined;
  const listening = await readListeningPorts(machine);
  const port = usualPorts.find((usual) => listening.has(usual));
  return port === undefined
    ? undefined
    : `its canary chain is there, and port ${port} is listened on`;
}

/** As /proc/net/tcp has them: `0: 00000000:2810 00000000:0000 0A …`. */
async function readListeningPorts({ readFile }: Machine): Promise<ReadonlySet<number>> {
  const texts = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(readFile));
  const sockets = texts.join('\n').matchAll(/^ *\d+: [\dA-F]+:([\dA-F]{4}) [\dA-F]+:0000 0A /gm);
  return new Set([...sockets].map(([, port = '']) => Number.parseInt(port, 16)));
}
