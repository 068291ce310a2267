import type { Listener } from '@kube-rules/core';

/** A TCP listener on all IPv4 addresses with one endpoint. */
export function tcp(servicePort: string, port: number, rest: Partial<Listener> = {}): Listener {
  const endpoints = ['10.244.1.5:8080'];
  return { servicePort, protocol: 'tcp', address: '0.0.0.0', port, endpoints, ...rest };
}
