import type { Family } from '../../netaddr/family.ts';
import { longestSetName, setName, type SetName } from '../../ruleset/ipset/index.ts';

/** The name of one of kube-proxy's sets in a family: in IPv6 with a 6 in it, and cut to what ipset takes. */
export function familySetName(name: string, family: Family): SetName {
  if (family === 'IPv4') return setName(name);
  return setName(name.replace(/^KUBE-/, 'KUBE-6-').slice(0, longestSetName));
}
