/**
 * The node that is broken in order to be audited: `web` with three endpoints and node ports in both families, `api` with
 * session affinity and a load balancer for some sources, and `idle` without endpoints.
 */
export const AUDIT_CLUSTER = `
apiVersion: v1
kind: Node
metadata: { name: node-a }
spec: { podCIDR: 10.244.1.0/24, podCIDRs: [10.244.1.0/24, 'fd00:10:244:1::/64'] }
status:
  addresses:
    - { type: InternalIP, address: 192.0.2.11 }
    - { type: InternalIP, address: '2001:db8:1::11' }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec:
  type: NodePort
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10, 'fd00:10:96::10']
  ipFamilies: [IPv4, IPv6]
  ports: [{ name: http, protocol: TCP, port: 80, targetPort: 8080, nodePort: 30080 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
addressType: IPv4
metadata: { name: web-4, namespace: default, labels: { kubernetes.io/service-name: web } }
ports: [{ name: http, protocol: TCP, port: 8080 }]
endpoints:
  - { addresses: [10.244.1.5], conditions: { ready: true }, nodeName: node-a }
  - { addresses: [10.244.2.6], conditions: { ready: true }, nodeName: node-b }
  - { addresses: [10.244.3.7], conditions: { ready: true }, nodeName: node-c }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
addressType: IPv6
metadata: { name: web-6, namespace: default, labels: { kubernetes.io/service-name: web } }
ports: [{ name: http, protocol: TCP, port: 8080 }]
endpoints:
  - { addresses: ['fd00:10:244:1::5'], conditions: { ready: true }, nodeName: node-a }
  - { addresses: ['fd00:10:244:2::6'], conditions: { ready: true }, nodeName: node-b }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: default }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.20
  clusterIPs: [10.96.0.20]
  ipFamilies: [IPv4]
  sessionAffinity: ClientIP
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } }
  loadBalancerSourceRanges: [203.0.113.0/25]
  ports: [{ name: https, protocol: TCP, port: 443, targetPort: 8443, nodePort: 30443 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.5 }] } }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
addressType: IPv4
metadata: { name: api-4, namespace: default, labels: { kubernetes.io/service-name: api } }
ports: [{ name: https, protocol: TCP, port: 8443 }]
endpoints:
  - { addresses: [10.244.1.8], conditions: { ready: true }, nodeName: node-a }
  - { addresses: [10.244.2.9], conditions: { ready: true }, nodeName: node-b }
---
apiVersion: v1
kind: Service
metadata: { name: idle, namespace: default }
spec:
  type: ClusterIP
  clusterIP: 10.96.0.30
  clusterIPs: [10.96.0.30]
  ipFamilies: [IPv4]
  ports: [{ name: http, protocol: TCP, port: 80 }]
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clusterCIDR: 10.244.0.0/16,fd00:10:244::/48
---
apiVersion: kube-rules/v1alpha1
kind: NodeState
nodeName: node-a
interfaces:
  - { name: lo, addresses: [127.0.0.1/8, '::1/128'] }
  - { name: eth0, addresses: [192.0.2.11/24, '2001:db8:1::11/64'] }
  - { name: cni0, addresses: [10.244.1.1/24, 'fd00:10:244:1::1/64'] }
`;
