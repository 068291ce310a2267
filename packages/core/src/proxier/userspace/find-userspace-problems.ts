import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts';
import type { Diagnostic, ObjectRef } from '../../diagnostics/diagnostic.ts';
import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import type { ServicePort } from '../../service/service-port.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { groupBy } from '../../util/group-by.ts';
import type { PortRequest } from './choose-proxy-ports.ts';
import { wildcards } from './claims.ts';
import type { LostClaim } from './grant-claims.ts';
import type { NodePorts } from './ports-of-node.ts';
import { proxyPortRange } from './proxy-port-range.ts';
import { isCopied, type UserspaceView } from './resolve-userspace.ts';

export interface UserspaceCompilation {
  readonly views: readonly UserspaceView[];
  readonly chosen: NodePorts;
  readonly lost: readonly LostClaim[];
}

/** What a user of userspace mode should know: what is left out, and what the mode does not do. */
export function findUserspaceProblems(
  snapshot: Snapshot,
  { views, chosen, lost }: UserspaceCompilation,
): Diagnostic[] {
  const resolved = views.flatMap(({ everything }) => everything.servicePorts);
  return [
    ...onceEach([
      ...resolved.flatMap(reportSCTP),
      ...lost.map(reportLostClaim),
      ...chosen.duplicates.map((request) => reportDuplicate(snapshot, request)),
      ...chosen.exhausted.map((request) => reportExhausted(snapshot, request)),
    ]),
    ...reportNodePortAddresses(snapshot),
    ...[...groupBy(resolved, ({ servicePort }) => serviceOf(servicePort)).values()].flatMap(
      reportIgnored,
    ),
  ];
}

/** What holds for both families is told once. */
function onceEach(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [one.message, one])).values()];
}

function serviceOf({ namespace, serviceName }: ServicePort): string {
  return `${namespace}/${serviceName}`;
}

function refOf({ namespace, serviceName }: ServicePort, path: string): ObjectRef {
  return { kind: 'Service', namespace, name: serviceName, path };
}

function reportSCTP({ servicePort }: ResolvedServicePort): Diagnostic[] {
  if (isCopied(servicePort)) return [];
  const message = `${servicePort.name} is left out: mode userspace copies TCP and UDP, and no SCTP.`;
  return [
    createDiagnostic('USERSPACE_SCTP', { message, objects: [refOf(servicePort, 'spec.ports')] }),
  ];
}

function reportLostClaim({
  servicePort,
  address,
  port,
  holder,
  isProxyPort,
}: LostClaim): Diagnostic {
  const isNodePort = address === wildcards[servicePort.family];
  const what = isNodePort ? `node port ${port}` : `port ${port} of the external IP ${address}`;
  const reason = isProxyPort ? `is the proxy port of ${holder}` : `belongs to ${holder}`;
  const path = isNodePort ? 'spec.ports' : 'spec.externalIPs';
  return createDiagnostic('USERSPACE_CLAIM_CONFLICT', {
    message: `${servicePort.name} gets no traffic at ${what}/${servicePort.protocol}: on the node it ${reason}.`,
    objects: [refOf(servicePort, path)],
  });
}

function reportDuplicate({ nodeState }: Snapshot, { key }: PortRequest): Diagnostic {
  return createDiagnostic('PROXY_PORT_DUPLICATE', {
    message: `The proxy port ${nodeState.proxyPorts?.[key]} of ${key} is another one's already; ${key} gets a new one.`,
    objects: [{ kind: 'NodeState', path: 'proxyPorts' }],
  });
}

function reportExhausted({ config }: Snapshot, { key, service }: PortRequest): Diagnostic {
  const { first, last } = proxyPortRange(config);
  const [namespace = '', name = ''] = service.split('/');
  return createDiagnostic('PROXY_PORTS_EXHAUSTED', {
    message: `${key} is left out: no proxy port from ${first} to ${last} is left.`,
    objects: [{ kind: 'Service', namespace, name, path: '' }],
  });
}

function reportNodePortAddresses({ config }: Snapshot): Diagnostic[] {
  if (config.nodePortAddresses.length === 0) return [];
  const message =
    'Mode userspace does not know nodePortAddresses: node ports answer on every address of the node.';
  const objects = [{ kind: 'KubeProxyConfiguration', path: 'nodePortAddresses' }];
  return [createDiagnostic('USERSPACE_IGNORES', { message, objects })];
}

type Asks = (resolved: ResolvedServicePort) => boolean;

const notKnown: readonly (readonly [what: string, asks: Asks])[] = [
  ['internalTrafficPolicy', ({ servicePort }) => servicePort.internalPolicyLocal],
  ['externalTrafficPolicy', ({ servicePort }) => servicePort.externalPolicyLocal],
  [
    'loadBalancerSourceRanges',
    ({ servicePort }) => servicePort.loadBalancerSourceRanges.length > 0,
  ],
  ['healthCheckNodePort', ({ servicePort }) => servicePort.healthCheckNodePort !== 0],
  [
    'topology hints',
    ({ allEndpoints }) =>
      allEndpoints.some(({ zoneHints, nodeHints }) => zoneHints.length + nodeHints.length > 0),
  ],
];

/** One warning for a Service. */
function reportIgnored(ofService: readonly ResolvedServicePort[]): Diagnostic[] {
  const ignored = notKnown.filter(([, asks]) => ofService.some(asks)).map(([what]) => what);
  const [first] = ofService;
  if (ignored.length === 0 || !first) return [];
  const { servicePort } = first;
  const message = `Mode userspace does not know ${ignored.join(', ')} of Service ${serviceOf(servicePort)}: all its traffic is accepted and goes to any ready endpoint.`;
  return [
    createDiagnostic('USERSPACE_IGNORES', { message, objects: [refOf(servicePort, 'spec')] }),
  ];
}
