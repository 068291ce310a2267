import { expect, test } from 'vitest';
import { setDefinitions, setKeys } from '../../../src/proxier/ipvs/sets.ts';

/** The table of the specification, section 3.3. */
const table = `
KUBE-LOOP-BACK | hash:ip,port,ip | Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose
KUBE-CLUSTER-IP | hash:ip,port | Kubernetes service cluster ip + port for masquerade purpose
KUBE-EXTERNAL-IP | hash:ip,port | Kubernetes service external ip + port for masquerade and filter purpose
KUBE-EXTERNAL-IP-LOCAL | hash:ip,port | Kubernetes service external ip + port with externalTrafficPolicy=local
KUBE-LOAD-BALANCER | hash:ip,port | Kubernetes service lb portal
KUBE-LOAD-BALANCER-FW | hash:ip,port | Kubernetes service load balancer ip + port for load balancer with sourceRange
KUBE-LOAD-BALANCER-LOCAL | hash:ip,port | Kubernetes service load balancer ip + port with externalTrafficPolicy=local
KUBE-LOAD-BALANCER-SOURCE-IP | hash:ip,port,ip | Kubernetes service load balancer ip + port + source IP for packet filter purpose
KUBE-LOAD-BALANCER-SOURCE-CIDR | hash:ip,port,net | Kubernetes service load balancer ip + port + source cidr for packet filter purpose
KUBE-NODE-PORT-TCP | bitmap:port | Kubernetes nodeport TCP port for masquerade purpose
KUBE-NODE-PORT-LOCAL-TCP | bitmap:port | Kubernetes nodeport TCP port with externalTrafficPolicy=local
KUBE-NODE-PORT-UDP | bitmap:port | Kubernetes nodeport UDP port for masquerade purpose
KUBE-NODE-PORT-LOCAL-UDP | bitmap:port | Kubernetes nodeport UDP port with externalTrafficPolicy=local
KUBE-NODE-PORT-SCTP-HASH | hash:ip,port | Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'
KUBE-NODE-PORT-LOCAL-SCTP-HASH | hash:ip,port | Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'
KUBE-HEALTH-CHECK-NODE-PORT | bitmap:port | Kubernetes health check node port
KUBE-IPVS-IPS | hash:ip | Addresses on the ipvs interface
`;

test('the seventeen sets have the types and comments of kube-proxy', () => {
  const rows = table.trim().split('\n');
  expect(rows).toHaveLength(17);
  const definitions = setKeys.map((key) => {
    const { type, comment } = setDefinitions[key];
    return `${key} | ${type} | ${comment}`;
  });
  expect(definitions.toSorted()).toEqual(rows.toSorted());
});
