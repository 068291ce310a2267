/** What the chains and sets are for that every node has, by name. */
export const wellKnown: Readonly<Record<string, string>> = {
  'KUBE-SERVICES': 'where every new connection looks for the Service that it is for',
  'KUBE-EXTERNAL-SERVICES': 'turns away traffic from outside to Services that cannot take it',
  'KUBE-NODEPORTS': 'node ports; in table filter, health check node ports',
  'KUBE-NODE-PORT': 'node ports in ipvs mode',
  'KUBE-POSTROUTING': 'masquerades what was marked for it',
  'KUBE-MARK-MASQ': 'marks packets that are to be masqueraded',
  'KUBE-FORWARD': 'accepts forwarded traffic of Services, whatever the policy of FORWARD is',
  'KUBE-PROXY-FIREWALL': 'load-balancer source ranges',
  'KUBE-FIREWALL': 'keeps others on the network away from what listens on loopback',
  'KUBE-PROXY-CANARY': 'tells kube-proxy that somebody flushed the tables',
  'KUBE-LOAD-BALANCER': 'load-balancer addresses in ipvs mode',
  'KUBE-SOURCE-RANGES-FIREWALL': 'load-balancer source ranges in ipvs mode',
  'KUBE-IPVS-FILTER': 'keeps traffic to other ports of Service addresses away from the node',
  'KUBE-IPVS-OUT-FILTER': 'the same for what the node sends',
  'KUBE-PORTALS-CONTAINER':
    'sends what comes in for Services to the proxy of userspace mode, each to its port',
  'KUBE-PORTALS-HOST': 'the same for what the node sends',
  'KUBE-NODEPORT-CONTAINER': 'node ports in userspace mode',
  'KUBE-NODEPORT-HOST': 'the same for what the node sends',
  'KUBE-NODEPORT-NON-LOCAL':
    'lets traffic for node ports reach the proxy of userspace mode, whatever the policy of INPUT is',
  'KUBE-KUBELET-CANARY':
    "kubelet's, not kube-proxy's: tells kubelet that somebody flushed the tables",
  'KUBE-IPTABLES-HINT':
    "kubelet's, not kube-proxy's: tells others which implementation of iptables the node uses",
  services: 'where every new connection looks for the Service that it is for',
  masquerading: 'masquerades what was marked for it, and pods that reach themselves by a Service',
  'cluster-ips-check': 'refuses ports that no Service has on cluster IPs',
  'firewall-check': 'load-balancer source ranges',
  'service-endpoints-check': 'turns away traffic to Services without endpoints',
  'nodeport-endpoints-check': 'turns away traffic to node ports without endpoints',
  'reject-chain': 'answers that there is nobody',
  external: 'traffic from outside under policy Cluster, in the fast layout',
  'external-local': 'traffic from outside under policy Local, in the fast layout',
};
