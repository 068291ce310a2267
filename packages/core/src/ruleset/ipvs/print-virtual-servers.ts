import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { ConnectionTimeouts, RealServer, VirtualServer } from './ast.ts';

const protocolFlags: Readonly<Record<ProtocolName, string>> = {
  tcp: '-t',
  udp: '-u',
  sctp: '--sctp-service',
};

/** Prints virtual servers for `ipvsadm -R`, each followed by its real servers. */
export function printVirtualServers(servers: readonly VirtualServer[]): string {
  return servers
    .flatMap(printVirtualServer)
    .map((line) => `${line}\n`)
    .join('');
}

function printVirtualServer(server: VirtualServer): string[] {
  const { scheduler, persistenceTimeout, schedulerFlags, realServers } = server;
  const service = `${protocolFlags[server.protocol]} ${server.address}`;
  const persistence = persistenceTimeout === undefined ? '' : ` -p ${persistenceTimeout}`;
  const flags = schedulerFlags.length === 0 ? '' : ` -b ${schedulerFlags.join(',')}`;
  return [
    `-A ${service} -s ${scheduler}${persistence}${flags}`,
    ...realServers.map((real) => printRealServer(service, real)),
  ];
}

function printRealServer(service: string, { address, weight }: RealServer): string {
  return `-a ${service} -r ${address} -m -w ${weight}`;
}

/** The arguments with which `ipvsadm` sets the timeouts, as one line. */
export function printTimeouts({ tcp, tcpFin, udp }: ConnectionTimeouts): string {
  return `--set ${tcp} ${tcpFin} ${udp}\n`;
}
