import {
  arbitraryCluster,
  type Cluster,
  type ClusterConstraints,
  type Service,
} from '@kube-rules/fixtures';
import * as fc from 'fast-check';

type Change = (cluster: Cluster) => Cluster;

function changeService(index: number, change: (spec: Service['spec']) => Service['spec']): Change {
  return (cluster) => ({
    ...cluster,
    services: cluster.services.map((service, at) =>
      at === index % cluster.services.length && service.spec.type !== 'ExternalName'
        ? { ...service, spec: change(service.spec) }
        : service,
    ),
  });
}

function withoutTimeout(spec: Service['spec']): Service['spec'] {
  const { sessionAffinityConfig, ...rest } = spec;
  return sessionAffinityConfig ? { ...rest, sessionAffinity: 'None' } : spec;
}

const affinity = fc
  .tuple(fc.nat(7), fc.constantFrom(undefined, 10, 60))
  .map(([index, timeoutSeconds]) =>
    changeService(index, (spec) =>
      timeoutSeconds === undefined
        ? withoutTimeout(spec)
        : {
            ...spec,
            sessionAffinity: 'ClientIP',
            sessionAffinityConfig: { clientIP: { timeoutSeconds } },
          },
    ),
  );

const policies = fc.constantFrom('Cluster' as const, 'Local' as const);

const policy = fc
  .tuple(fc.nat(7), policies, policies)
  .map(([index, internalTrafficPolicy, externalTrafficPolicy]) =>
    changeService(index, (spec) => ({
      ...spec,
      internalTrafficPolicy,
      ...(spec.externalTrafficPolicy !== undefined && { externalTrafficPolicy }),
    })),
  );

const ranges = fc
  .tuple(
    fc.nat(7),
    fc.subarray(['198.18.0.0/15', '10.0.0.0/8', '10.244.0.0/16', '0.0.0.0/0', '2001:db8::/32']),
  )
  .map(([index, loadBalancerSourceRanges]) =>
    changeService(index, (spec) =>
      spec.type === 'LoadBalancer' ? { ...spec, loadBalancerSourceRanges } : spec,
    ),
  );

const fewerServices = fc.nat(7).map((index): Change => (cluster) => ({
  ...cluster,
  services: cluster.services.filter((_, at) => at !== index),
}));

/** One endpoint of one slice goes. */
const fewerEndpoints = fc
  .tuple(fc.nat(15), fc.nat(5))
  .map(([slice, endpoint]): Change => (cluster) => ({
    ...cluster,
    endpointSlices: cluster.endpointSlices.map((one, at) =>
      at === slice % cluster.endpointSlices.length
        ? { ...one, endpoints: one.endpoints.filter((_, index) => index !== endpoint) }
        : one,
    ),
  }));

const configuration = fc
  .tuple(fc.constantFrom([], ['primary'], ['0.0.0.0/0']), fc.boolean())
  .map(([nodePortAddresses, masqueradeAll]): Change => (cluster) => ({
    ...cluster,
    config: {
      ...cluster.config,
      nodePortAddresses,
      nftables: { ...cluster.config.nftables, masqueradeAll },
    },
  }));

const change = fc.oneof(
  { arbitrary: affinity, weight: 4 },
  { arbitrary: policy, weight: 4 },
  { arbitrary: fewerEndpoints, weight: 4 },
  { arbitrary: fewerServices, weight: 2 },
  { arbitrary: ranges, weight: 2 },
  { arbitrary: configuration, weight: 1 },
);

/**
 * Clusters that follow each other, of the same objects but for some changes each; at one step all
 * is as in the beginning again.
 */
export function arbitraryWalk(constraints: ClusterConstraints): fc.Arbitrary<readonly Cluster[]> {
  const steps = fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  });
  return fc.tuple(arbitraryCluster(constraints), steps).map(([first, changes]) => {
    const clusters = [first];
    for (const step of changes) {
      const last = clusters.at(-1) ?? first;
      clusters.push(step.reduce((cluster, apply) => apply(cluster), last));
    }
    return [...clusters, first];
  });
}
