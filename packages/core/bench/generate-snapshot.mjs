/**
 * A cluster as `kubectl get … -o json` prints it: `services` Services of one port with `endpoints`
 * endpoints each, on 100 nodes. Every tenth Service has a node port, every twentieth session affinity.
 */
export function generateSnapshot(services, endpoints) {
  const nodes = Array.from({ length: 100 }, (_, index) => node(index));
  const items = Array.from({ length: services }, (_, index) => [
    service(index),
    endpointSlice(index, endpoints),
  ]).flat();
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [...nodes, ...items, config, nodeState],
  });
}

const config = {
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  clusterCIDR: '10.0.0.0/9',
};

const nodeState = { apiVersion: 'kube-rules/v1alpha1', kind: 'NodeState', nodeName: 'node-0' };

function node(index) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${index}`,
      labels: { 'topology.kubernetes.io/zone': `zone-${index % 3}` },
    },
    spec: { podCIDR: `10.${index}.0.0/16`, podCIDRs: [`10.${index}.0.0/16`] },
    status: { addresses: [{ type: 'InternalIP', address: `192.0.2.${index}` }] },
  };
}

function metadata(name, labels) {
  return {
    name,
    namespace: `team-${name.length % 7}`,
    uid: '0f3c2b1a-5d6e-4f70-8192-a3b4c5d6e7f8',
    resourceVersion: '123456789',
    creationTimestamp: '2026-11-01T00:00:00Z',
    labels,
  };
}

function service(index) {
  const name = `service-${index}`;
  const clusterIP = `10.${128 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
  const nodePort = index % 10 === 0 && index < 27_670 ? { nodePort: 30_000 + index / 10 } : {};
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(name, { app: name }),
    spec: {
      type: index % 10 === 0 ? 'NodePort' : 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080, ...nodePort }],
      selector: { app: name },
      sessionAffinity: index % 20 === 0 ? 'ClientIP' : 'None',
    },
    status: { loadBalancer: {} },
  };
}

function endpointSlice(index, endpoints) {
  const name = `service-${index}`;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    addressType: 'IPv4',
    metadata: {
      ...metadata(`${name}-abcde`, { 'kubernetes.io/service-name': name }),
      namespace: `team-${name.length % 7}`,
    },
    ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
    endpoints: Array.from({ length: endpoints }, (_, at) => endpoint(index * endpoints + at)),
  };
}

function endpoint(number) {
  const nodeIndex = number % 100;
  const host = Math.floor(number / 100);
  return {
    addresses: [`10.${nodeIndex}.${(host >> 8) & 255}.${host & 255}`],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: `node-${nodeIndex}`,
    zone: `zone-${nodeIndex % 3}`,
  };
}
