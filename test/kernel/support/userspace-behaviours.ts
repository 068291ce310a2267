import { inEachVariant } from './behaviours.ts';
import type { Behaviour, Expectation } from './behaviours.ts';
import type { PacketWords, Target } from './packet-words.ts';
import type { HostName } from './topology.ts';

/** External IPs of the Service `outer`: those of nobody, and the node's own. */
export const EXTERNAL_IPS = {
  IPv4: { foreign: '198.51.100.10', own: '192.0.2.11' },
  IPv6: { foreign: '2001:db8:7::10', own: '2001:db8:1::11' },
} as const;

export const EXTERNAL_PORTS = { tcp: 8000, udp: 8053 } as const;

/** Where clients are: in a pod, on the node, outside. */
const PLACES = ['p1', 'node1', 'ext'] as const;

/** What userspace mode does with the services of packets.yaml and `outer`: pods see the node, whoever asks. */
export const userspaceBehaviours: readonly Behaviour[] = inEachVariant(expectations);

function expectations(words: PacketWords): readonly Expectation[] {
  const { answer, bridge1, clusterIP, loadBalancerIP, node1, nodePort, otherClient } = words;
  const both = [answer('p2', bridge1), answer('q1', node1)];
  const { protocol, address } = clusterIP('web');
  const external = EXTERNAL_IPS[address.includes(':') ? 'IPv6' : 'IPv4'];
  const externalIP = (kind: keyof typeof external): Target => ({
    protocol,
    address: external[kind],
    port: EXTERNAL_PORTS[protocol],
  });
  const fromEach = (what: string, to: Target): Expectation[] =>
    PLACES.map((from: HostName) => ({ title: `${what} from ${from}`, from, to, outcomes: both }));
  return [
    ...fromEach('a cluster IP', clusterIP('web')),
    ...fromEach('a node port', nodePort('open')),
    ...fromEach('an external IP of the node', externalIP('own')),
    {
      title: 'an external IP of nobody from outside',
      from: 'ext',
      to: externalIP('foreign'),
      outcomes: both,
    },
    {
      title: 'a pod that reaches itself',
      from: 'p1',
      to: clusterIP('own'),
      outcomes: [answer('p1', bridge1)],
    },
    {
      title: 'a node port of policy Local goes to every node all the same',
      from: 'ext',
      to: nodePort('local'),
      outcomes: both,
    },
    {
      title: 'a load balancer IP answers whoever asks',
      from: 'ext',
      to: loadBalancerIP,
      source: otherClient,
      outcomes: both,
    },
  ];
}
