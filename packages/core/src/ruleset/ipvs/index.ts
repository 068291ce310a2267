export type { ConnectionTimeouts, RealServer, VirtualServer } from './ast.ts';
export {
  normalizeCompiledVirtualServers,
  normalizeSavedVirtualServers,
  type NormalPersistence,
  type NormalRealServer,
  type NormalVirtualServer,
} from './normalize-virtual-servers.ts';
export { parseIpvsadm, type ParsedVirtualServers } from './parse-ipvsadm.ts';
export { printSavedVirtualServers } from './print-saved-virtual-servers.ts';
export { printTimeouts, printVirtualServers } from './print-virtual-servers.ts';
export type {
  ForwardingMethod,
  Persistence,
  SavedRealServer,
  SavedVirtualServer,
  SavedVirtualServers,
  Service,
  Tunnel,
} from './saved-ast.ts';
