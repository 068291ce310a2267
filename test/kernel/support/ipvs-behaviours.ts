import { inEachVariant } from './behaviours.ts';
import type { Behaviour, Expectation } from './behaviours.ts';
import type { PacketWords } from './packet-words.ts';

const PORT_OF_NO_SERVICE = 4444;

/** What ipvs mode does differently from iptables mode. */
export const ipvsBehaviours: readonly Behaviour[] = inEachVariant((words) => [
  ...refusals(words),
  ...localPolicies(words),
]);

function refusals({ clusterIP, loopback }: PacketWords): readonly Expectation[] {
  const refused = [{ verdict: 'refused' }];
  return [
    {
      title: 'a cluster IP refuses a pod at a port of no service, because its address is local',
      from: 'p1',
      to: { ...clusterIP('web'), port: PORT_OF_NO_SERVICE },
      outcomes: refused,
    },
    {
      title: 'a cluster IP refuses the node at a port of no service',
      from: 'node1',
      to: { ...clusterIP('web'), port: PORT_OF_NO_SERVICE },
      outcomes: refused,
    },
    {
      title: 'a node port is not served at the loopback address',
      from: 'node1',
      to: loopback('open'),
      outcomes: refused,
    },
  ];
}

function localPolicies({ answer, node1, nodePort, pod }: PacketWords): readonly Expectation[] {
  return [
    {
      title: 'a node port of policy Local goes to the pods of the node for a pod of the node, too',
      from: 'p1',
      to: nodePort('local'),
      outcomes: [answer('p2', pod('p1'))],
    },
    {
      title: 'a node port of policy Local goes to the pods of the node for a pod elsewhere, too',
      from: 'q1',
      to: nodePort('local'),
      outcomes: [answer('p2', pod('q1'))],
    },
    {
      title: 'a node port of policy Local goes to the pods of the node for the node, too',
      from: 'node1',
      to: nodePort('local'),
      outcomes: [answer('p2', node1)],
    },
    {
      title: 'a node port of policy Local without endpoints here goes to pods elsewhere',
      from: 'p1',
      to: nodePort('away'),
      outcomes: [answer('q1', pod('p1'))],
    },
  ];
}
