export type { ConnectionTimeouts, RealServer, VirtualServer } from './ast.ts';
export { printTimeouts, printVirtualServers } from './print-virtual-servers.ts';
