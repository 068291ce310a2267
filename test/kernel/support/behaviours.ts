import { packetWords } from './packet-words.ts';
import type { PacketWords, Target } from './packet-words.ts';
import type { Outcome, Probe } from './probe.ts';
import type { HostName } from './topology.ts';

/** What a client must see of a service in packets.yaml: each of these outcomes and no other. */
export interface Expectation {
  readonly title: string;
  readonly from: HostName;
  readonly to: Target;
  readonly source?: string;
  readonly outcomes: readonly Outcome[];
}

export interface Behaviour {
  readonly title: string;
  readonly from: HostName;
  readonly probe: Probe;
  readonly outcomes: readonly Outcome[];
}

/** The families and protocols in which every behaviour is looked at. */
export const VARIANTS = (['IPv4', 'IPv6'] as const).flatMap((family) =>
  (['tcp', 'udp'] as const).map((protocol) => [family, protocol] as const),
);

// Of two endpoints one is missed by chance once in 2^23 times.
const CONNECTIONS = 24;

/** What every mode does alike. */
export const behaviours: readonly Behaviour[] = inEachVariant(expectations);

/** Expectations in the words of each family and protocol. */
export function inEachVariant(
  expect: (words: PacketWords) => readonly Expectation[],
): readonly Behaviour[] {
  return VARIANTS.flatMap(([family, protocol]) =>
    expect(packetWords(family, protocol)).map(({ title, from, to, source, outcomes }) => ({
      title: `${title}, ${family}, ${protocol}`,
      from,
      probe: { ...to, connections: CONNECTIONS, ...(source === undefined ? {} : { source }) },
      outcomes,
    })),
  );
}

function expectations(words: PacketWords): readonly Expectation[] {
  return [...deliveries(words), ...refusals(words)];
}

function deliveries(words: PacketWords): readonly Expectation[] {
  const { answer, bridge1, client, clusterIP, loadBalancerIP, node1, nodePort, pod } = words;
  const masqueraded = [answer('p2', bridge1), answer('q1', node1)];
  return [
    {
      title: 'a cluster IP spreads over pods on both nodes, which see the client itself',
      from: 'p1',
      to: clusterIP('web'),
      outcomes: [answer('p2', pod('p1')), answer('q1', pod('p1'))],
    },
    {
      title: 'a cluster IP spreads for the node as well',
      from: 'node1',
      to: clusterIP('web'),
      outcomes: masqueraded,
    },
    {
      title: 'a pod that reaches itself through a service sees its node',
      from: 'p1',
      to: clusterIP('own'),
      outcomes: [answer('p1', bridge1)],
    },
    {
      title: 'a node port masquerades',
      from: 'ext',
      to: nodePort('open'),
      source: client,
      outcomes: masqueraded,
    },
    {
      title:
        'a node port of policy Local goes to the pods of the node, which see the client itself',
      from: 'ext',
      to: nodePort('local'),
      source: client,
      outcomes: [answer('p2', client)],
    },
    {
      title: 'a client in the source ranges reaches a load balancer IP',
      from: 'ext',
      to: loadBalancerIP,
      source: client,
      outcomes: masqueraded,
    },
  ];
}

function refusals({
  client,
  clusterIP,
  loadBalancerIP,
  nodePort,
  otherClient,
}: PacketWords): readonly Expectation[] {
  const refused = [{ verdict: 'refused' }];
  const dropped = [{ verdict: 'timeout' }];
  return [
    {
      title: 'a cluster IP without endpoints refuses a pod',
      from: 'p1',
      to: clusterIP('empty'),
      outcomes: refused,
    },
    {
      title: 'a cluster IP without endpoints refuses the node',
      from: 'node1',
      to: clusterIP('empty'),
      outcomes: refused,
    },
    {
      title: 'a node port without endpoints refuses',
      from: 'ext',
      to: nodePort('empty'),
      source: client,
      outcomes: refused,
    },
    {
      title: 'a node port of policy Local without endpoints here gives no answer',
      from: 'ext',
      to: nodePort('away'),
      source: client,
      outcomes: dropped,
    },
    {
      title: 'a client outside the source ranges is dropped',
      from: 'ext',
      to: loadBalancerIP,
      source: otherClient,
      outcomes: dropped,
    },
  ];
}
