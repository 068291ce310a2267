import type { SetType } from './ast.ts';

const knownTypes: readonly string[] = [
  'hash:ip',
  'hash:ip,port',
  'hash:ip,port,ip',
  'hash:ip,port,net',
  'bitmap:port',
] satisfies SetType[];

/** Whether kube-proxy makes sets of this type. */
export function isKnownType(type: string): type is SetType {
  return knownTypes.includes(type);
}

/** What the parts of an entry are: `ip`, `port` for `hash:ip,port`. */
export function dimensionsOf(type: string): string[] {
  return type.slice(type.indexOf(':') + 1).split(',');
}
