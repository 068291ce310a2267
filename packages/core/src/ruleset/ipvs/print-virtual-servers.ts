import type { ProtocolName } from '../../netaddr/protocol.ts';
import { printLines } from '../../util/print-lines.ts';
import type { ConnectionTimeouts, RealServer, VirtualServer } from './ast.ts';

const protocolFlags: Readonly<Record<ProtocolName, string>> = {
  tcp: '-t',
  udp: '-u',
  sctp: '--sctp-service',
};

/** Prints virtual servers for `ipvsadm -R`, each followed by its real servers. */
export function printVirtualServers(servers: readonly VirtualServer[]): string {
  return printLines(servers.flatMap(printVirtualServer), (line) => line);
}

function printVirtualServer(server: VirtualServer): string[] {
  const { scheduler, persistenceTimeout, schedulerFlags, realServers } = server;
  const service = `${protocolFlags[server.protocol]} ${printWord(server.address)}`;
  const persistence = persistenceTimeout === undefined ? '' : ` -p ${persistenceTimeout}`;
  const flags = schedulerFlags.length === 0 ? '' : ` -b ${schedulerFlags.join(',')}`;
  return [
    `-A ${service} -s ${printWord(scheduler)}${persistence}${flags}`,
    ...realServers.map((real) => printRealServer(service, real)),
  ];
}

function printRealServer(service: string, { address, weight }: RealServer): string {
  return `-a ${service} -r ${printWord(address)} -m -w ${weight}`;
}

/** @throws {TypeError} for a text that `ipvsadm -R` would not read as one word: it splits at blanks and knows no quotes. */
function printWord(text: string): string {
  if (/^[\w[][\w.:[\]-]*$/.test(text)) return text;
  throw new TypeError(`${JSON.stringify(text)} is no word that ipvsadm reads as it is`);
}

/** The arguments with which `ipvsadm` sets the timeouts, as one line. */
export function printTimeouts({ tcp, tcpFin, udp }: ConnectionTimeouts): string {
  return `--set ${tcp} ${tcpFin} ${udp}\n`;
}
