import { expect, test } from 'vitest';
import { findNftablesProblems } from '../../../src/proxier/nftables/find-nftables-problems.ts';
import type { Diagnostic, SnapshotInput } from '../../../src/index.ts';
import type { Endpoint } from '../../../src/service/endpoint.ts';
import type { ResolvedFamily } from '../../../src/service/resolve-family.ts';
import type { ServicePort } from '../../../src/service/service-port.ts';
import { snapshotOf } from '../../support/cluster.ts';
import { local, remote, resolvedOf } from '../../support/model.ts';
import { resolvedFamilyOf } from '../../support/nftables.ts';

interface Options {
  readonly config?: NonNullable<SnapshotInput['config']>;
  readonly endpoints?: readonly Endpoint[];
  readonly detector?: ResolvedFamily['detector'];
  readonly layout?: 'kube-proxy' | 'fast';
}

const everyAddress = { matchAll: true, containsLoopback: false, addresses: [] };

/** What is found beyond that the mode differs. */
function problemsOf(fields: Partial<ServicePort>, options: Options = {}): Diagnostic[] {
  const { config = {}, endpoints = [remote], detector, layout = 'kube-proxy' } = options;
  const family = resolvedFamilyOf([resolvedOf(fields, endpoints)], {
    detector,
    nodePortAddresses: everyAddress,
  });
  const [differs, ...others] = findNftablesProblems(snapshotOf({ config }), [family], layout);
  expect(differs).toEqual({
    code: 'NFTABLES_DIFFERS',
    severity: 'info',
    message:
      'Unlike mode iptables, this mode refuses ports that no Service has on cluster IPs, and Services without endpoints from the node itself, at once; and it accepts nothing that a FORWARD or INPUT policy of DROP would drop.',
    objects: [{ kind: 'KubeProxyConfiguration', path: 'mode' }],
  });
  return others;
}

function codesOf(fields: Partial<ServicePort>, options: Options = {}): string[] {
  return problemsOf(fields, options).map(({ code }) => code);
}

test('a cluster IP alone is no problem', () => {
  expect(codesOf({}, { layout: 'fast' })).toEqual([]);
  expect(findNftablesProblems(snapshotOf(), [], 'fast').map(({ code }) => code)).toEqual([
    'NFTABLES_DIFFERS',
  ]);
});

test('node ports never answer on loopback, and without nodePortAddresses only on one address', () => {
  const path = 'nodePortAddresses';
  expect(problemsOf({ nodePort: 3001 })).toEqual([
    {
      code: 'NODE_PORT_LOOPBACK',
      severity: 'info',
      message:
        'Node ports do not answer on 127.0.0.1 and ::1 in mode nftables, whatever nodePortAddresses and localhostNodePorts say.',
      objects: [{ kind: 'KubeProxyConfiguration', path }],
    },
    {
      code: 'NODE_PORT_PRIMARY',
      severity: 'info',
      message:
        "nodePortAddresses is unset: in mode nftables node ports answer only on the node's own address of each family, in the other modes on every address.",
      objects: [{ kind: 'KubeProxyConfiguration', path }],
    },
  ]);
  const config = { nodePortAddresses: ['0.0.0.0/0'] };
  expect(codesOf({ nodePort: 3001 }, { config })).toEqual(['NODE_PORT_LOOPBACK']);
});

const cidr = { kind: 'cidr', cidr: '10.180.0.0/16' } as const;
const localPolicy = { externalPolicyLocal: true, externalIPs: ['1.2.3.4'] };

test('a pod of another node that counts as local is not masqueraded when it gets itself', () => {
  expect(problemsOf(localPolicy, { detector: cidr })).toEqual([
    {
      code: 'HAIRPIN_REMOTE',
      severity: 'warning',
      message:
        'A pod of another node that calls this Service by way of this node (its node port, external or load balancer IP) and is given itself gets no answer in mode nftables.',
      objects: [
        { kind: 'Service', namespace: 'ns1', name: 'svc1', path: 'spec.externalTrafficPolicy' },
      ],
    },
  ]);
});

test.for<[string, Partial<ServicePort>, Options]>([
  ['it is of this node', localPolicy, { detector: cidr, endpoints: [local] }],
  ['there is no endpoint', localPolicy, { detector: cidr, endpoints: [] }],
  ['it does not count as local', localPolicy, { detector: { ...cidr, cidr: '10.1.0.0/16' } }],
  [
    'pods are told by an interface',
    localPolicy,
    { detector: { kind: 'bridgeInterface', name: 'c' } },
  ],
  ['none counts as local', localPolicy, {}],
  ['policy Cluster masquerades it', { externalIPs: ['1.2.3.4'] }, { detector: cidr }],
  ['there is no way from outside', { externalPolicyLocal: true }, { detector: cidr }],
])('but not if %s', ([, fields, options]) => {
  expect(codesOf(fields, options)).toEqual([]);
});

const ranges = { loadBalancerVIPs: ['5.6.7.8'], loadBalancerSourceRanges: ['203.0.113.0/25'] };

test('without endpoints, others than the source ranges are dropped', () => {
  expect(problemsOf(ranges, { endpoints: [] })).toEqual([
    {
      code: 'SOURCE_RANGE_DROPS',
      severity: 'warning',
      message:
        'The Service has no endpoints: clients outside its source ranges are dropped in mode nftables, and refused at once in mode iptables.',
      objects: [
        { kind: 'Service', namespace: 'ns1', name: 'svc1', path: 'spec.loadBalancerSourceRanges' },
      ],
    },
  ]);
  expect(codesOf(ranges)).toEqual([]);
  expect(codesOf({ ...ranges, loadBalancerVIPs: [] }, { endpoints: [] })).toEqual([]);
  expect(codesOf({ ...ranges, loadBalancerSourceRanges: [] }, { endpoints: [] })).toEqual([]);
});

test('in the fast layout each address has its own affinity', () => {
  const sticky = { affinitySeconds: 60, externalIPs: ['1.2.3.4'] };
  expect(problemsOf(sticky, { layout: 'fast' })).toEqual([
    {
      code: 'AFFINITY_PER_ADDRESS',
      severity: 'info',
      message:
        'In the fast layout a client is bound to an endpoint for each address of the Service on its own: by the cluster IP it may reach another one than by a node port.',
      objects: [{ kind: 'Service', namespace: 'ns1', name: 'svc1', path: 'spec.sessionAffinity' }],
    },
  ]);
  expect(codesOf(sticky)).toEqual([]);
  expect(codesOf({ affinitySeconds: 60 }, { layout: 'fast' })).toEqual([]);
});

test('a Service is told once, whatever the number of its ports and families', () => {
  const servicePorts = ['ns1/svc1:p80', 'ns1/svc1:p81'].map((name) =>
    resolvedOf({ ...ranges, name }, []),
  );
  const other = resolvedOf({ ...ranges, serviceName: 'svc2', name: 'ns1/svc2:p80' }, []);
  const families = [
    resolvedFamilyOf(servicePorts, { nodePortAddresses: everyAddress }),
    resolvedFamilyOf([...servicePorts, other], { nodePortAddresses: everyAddress }),
  ];
  const found = findNftablesProblems(snapshotOf(), families, 'kube-proxy');
  expect(found.map(({ code, objects }) => `${code} ${objects[0]?.name ?? ''}`)).toEqual([
    'NFTABLES_DIFFERS ',
    'SOURCE_RANGE_DROPS svc1',
    'SOURCE_RANGE_DROPS svc2',
  ]);
});
