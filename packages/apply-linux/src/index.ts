export { ApplyError, type ApplyErrorCode } from './apply-error.ts';
export { applyPlan, applyWanted, undo, type ApplyOptions, type ApplyResult } from './apply-plan.ts';
export { findKubeProxy } from './find-kube-proxy.ts';
export { withProxyLock } from './lock.ts';
export { thisMachine, type CommandResult, type CommandRunner, type Machine } from './machine.ts';
export { readLive, type Live, type ReadLiveOptions } from './read-live.ts';
export { readNodeFacts, readNodeState } from './read-node-state.ts';
export { readStatus, type NodeStatus, type StatusOptions } from './status.ts';
export {
  askForConfirmation,
  confirm,
  defaultStateFolder,
  readLast,
  saveLast,
  waitForConfirmation,
  type LastApply,
} from './state-folder.ts';
export type { ServicePortCounters } from './userspace/account.ts';
export type { FailureReason } from './userspace/failure.ts';
export type { Health } from './userspace/health.ts';
export { printProxyEvent, type ProxyEvent } from './userspace/proxy-event.ts';
export { startProxy, type Proxy, type ProxyOptions } from './userspace/proxy.ts';
export {
  startStatusServers,
  type StatusServers,
  type StatusServersOptions,
} from './userspace/status-servers.ts';
