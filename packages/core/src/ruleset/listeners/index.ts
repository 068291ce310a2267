export type { CompiledListener, Listener, ListenerLine } from './ast.ts';
export { parseListeners, type ParsedListeners } from './parse-listeners.ts';
export { printListeners } from './print-listeners.ts';
