import type { Section } from './node-rules.ts';

/** The table of a section of iptables: `nat` of `iptables IPv4 nat`. */
export function tableOf({ name }: Pick<Section, 'name'>): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}
