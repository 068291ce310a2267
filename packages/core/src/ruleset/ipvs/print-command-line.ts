import type {
  ForwardingMethod,
  SavedRealServer,
  SavedVirtualServer,
  Service,
  Tunnel,
} from './saved-ast.ts';

/** Prints a virtual server as `ipvsadm -S -n` does: `-A -t 10.96.0.1:443 -s rr`. */
export function printAddService(server: SavedVirtualServer): string {
  const { scheduler, persistence, persistenceEngine, isOnePacket, schedulerFlags } = server;
  const words = ['-A', ...printService(server.service)];
  if (scheduler !== undefined) words.push('-s', scheduler);
  if (persistence) words.push('-p');
  if (persistence?.timeout !== undefined) words.push(String(persistence.timeout));
  if (persistence?.netmask !== undefined) words.push('-M', persistence.netmask);
  if (persistenceEngine !== undefined) words.push('--pe', persistenceEngine);
  if (isOnePacket) words.push('-o');
  if (schedulerFlags.length > 0) words.push('-b', schedulerFlags.join(','));
  return words.join(' ');
}

/** Prints a real server as `ipvsadm -S -n` does: `-a -t 10.96.0.1:443 -r 192.0.2.11:6443 -m -w 1`. */
export function printAddServer(server: SavedRealServer): string {
  const { forwarding, tunnel, weight, upperThreshold, lowerThreshold } = server;
  const words = ['-a', ...printService(server.service), '-r', server.address];
  const method = forwarding && methodOptions[forwarding];
  if (method !== undefined) words.push(method);
  if (weight !== undefined) words.push('-w', String(weight));
  if (upperThreshold !== undefined) words.push('-x', String(upperThreshold));
  if (lowerThreshold !== undefined) words.push('-y', String(lowerThreshold));
  return [...words, ...printTunnel(tunnel)].join(' ');
}

const methodOptions: Readonly<Record<ForwardingMethod, string | undefined>> = {
  masq: '-m',
  route: '-g',
  tunnel: '-i',
  local: undefined,
  bypass: undefined,
};

function printTunnel(tunnel: Tunnel | undefined): string[] {
  if (!tunnel) return [];
  const words = ['--tun-type', tunnel.type];
  if (tunnel.port !== undefined) words.push('--tun-port', String(tunnel.port));
  if (tunnel.checksum !== undefined) words.push(`--tun-${tunnel.checksum}`);
  return words;
}

const protocolOptions = { tcp: '-t', udp: '-u', sctp: '--sctp-service' } as const;

function printService(service: Service): string[] {
  if (service.protocol !== 'fwm') return [protocolOptions[service.protocol], service.address];
  const family = service.family === 'IPv6' ? ['-6'] : [];
  return ['-f', String(service.mark), ...family];
}
