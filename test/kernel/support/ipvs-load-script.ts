import { bothFamilies } from './ipvs-documents.ts';
import type { IpvsDocuments } from './ipvs-documents.ts';
import { jumpsAsRestore } from './jumps.ts';
import { hereDocument } from './namespace.ts';
import { ipBatch } from './network-scripts.ts';
import { writeSysctls } from './sysctls.ts';

const RESTORE = {
  ipv4: 'iptables-legacy-restore',
  ipv6: 'ip6tables-legacy-restore',
} as const;

const EMPTY_TABLES = '*nat\nCOMMIT\n*filter\nCOMMIT\n';

/** Loads documents into a namespace that has none: all of ipvs mode, both families. */
export function loadIpvsScript(documents: IpvsDocuments): string {
  return [
    writeSysctls(bothFamilies(documents, 'sysctl')),
    dummyInterfaceScript(documents),
    loadSetsScript(documents),
    loadVirtualServersScript(documents),
    loadRulesScript(documents),
    setTimeoutsScript(documents),
  ].join('');
}

/**
 * Removes what `loadIpvsScript` made. The virtual servers go first: the kernel needs a moment to forget the connections
 * to their real servers, and one that comes back before would have them again.
 */
export const clearIpvsScript = [
  'ipvsadm -C\n',
  'ip link del kube-ipvs0 2>/dev/null || :\n',
  `${RESTORE.ipv4} ${hereDocument(EMPTY_TABLES)}`,
  `${RESTORE.ipv6} ${hereDocument(EMPTY_TABLES)}`,
  'ipset destroy\n',
].join('');

// The interface stays down, as that of kube-proxy: its addresses are local all the same.
function dummyInterfaceScript(documents: IpvsDocuments): string {
  const addresses = bothFamilies(documents, 'addresses').split('\n').slice(0, -1);
  return ipBatch([
    'link set lo up',
    'link add kube-ipvs0 type dummy',
    ...addresses.map(
      (address) => `addr add ${address} dev kube-ipvs0${address.includes(':') ? ' nodad' : ''}`,
    ),
  ]);
}

/** Makes the sets that the rules refer to. */
export function loadSetsScript(documents: IpvsDocuments): string {
  return `ipset restore ${hereDocument(bothFamilies(documents, 'ipset'))}`;
}

/** Loads the virtual servers; `ipvsadm -R` ends well where only the last line could be loaded, but it prints why. */
export function loadVirtualServersScript(documents: IpvsDocuments): string {
  return `
errors=$(ipvsadm -R 2>&1 ${hereDocument(bothFamilies(documents, 'ipvsadm'))}) || errors="\${errors:-ipvsadm failed}"
[ -z "$errors" ] || { echo "$errors" >&2; exit 1; }
`;
}

/** Loads the rules: in the form `restore` beside those that are there, in the form `save` instead of them. */
export function loadRulesScript(documents: IpvsDocuments): string {
  return (['ipv4', 'ipv6'] as const)
    .map((family) => {
      const jumps = documents[`${family}.jumps`];
      const rules = documents[`${family}.iptables`];
      return jumps === undefined
        ? `${RESTORE[family]} ${hereDocument(rules)}`
        : `${RESTORE[family]} --noflush --counters ${hereDocument(jumpsAsRestore(jumps) + rules)}`;
    })
    .join('');
}

function setTimeoutsScript(documents: IpvsDocuments): string {
  const timeouts = documents['node.ipvs-timeouts'];
  return timeouts === undefined ? '' : `ipvsadm ${timeouts}`;
}
