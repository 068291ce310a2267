import { objectName } from '../../../ruleset/nftables/index.ts';

/** The chains that every node has. */
export const chains = {
  clusterIPsCheck: objectName('cluster-ips-check'),
  firewallCheck: objectName('firewall-check'),
  masquerading: objectName('masquerading'),
  nodePortEndpointsCheck: objectName('nodeport-endpoints-check'),
  reject: objectName('reject-chain'),
  serviceEndpointsCheck: objectName('service-endpoints-check'),
  services: objectName('services'),
} as const;

/** The sets and verdict maps that every node has. */
export const containers = {
  clusterIPs: objectName('cluster-ips'),
  hairpinConnections: objectName('hairpin-connections'),
  nodePortIPs: objectName('nodeport-ips'),
  firewallIPs: objectName('firewall-ips'),
  noEndpointNodePorts: objectName('no-endpoint-nodeports'),
  noEndpointServices: objectName('no-endpoint-services'),
  serviceIPs: objectName('service-ips'),
  serviceNodePorts: objectName('service-nodeports'),
} as const;

export type Container = keyof typeof containers;
