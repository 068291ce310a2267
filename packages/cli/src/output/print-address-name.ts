import type { AddressExplanation } from '@kube-rules/core';

/** An address as people speak of it: `cluster IP 10.96.0.10:53`, `node port 30080 on every address of the node`. */
export function printAddressName(address: AddressExplanation): string {
  const { kind, ip, port, nodeAddresses, takesLocalhost, sourceRanges } = address;
  if (kind !== 'node port') {
    const host = ip?.includes(':') === true ? `[${ip}]` : ip;
    const only = sourceRanges ? `, only for ${sourceRanges.join(', ')}` : '';
    return `${kind} ${host}:${port}${only}`;
  }
  const where =
    nodeAddresses === undefined
      ? 'every address of the node'
      : nodeAddresses.join(', ') || 'no address of the node';
  return `${kind} ${port} on ${where}${takesLocalhost ? ', 127.0.0.1 too' : ''}`;
}
