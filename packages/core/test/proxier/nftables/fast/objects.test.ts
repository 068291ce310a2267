import { expect, test } from 'vitest';
import {
  entranceNames,
  entrances,
  firewallSources,
  protocolNames,
} from '../../../../src/proxier/nftables/fast/objects.ts';
import { chains, containers } from '../../../../src/proxier/nftables/shared/objects.ts';

test('each entrance has its own maps and chains', () => {
  const { byProtocol: ofAddress, ...address } = entrances.address;
  const { byProtocol: ofPort, ...nodePort } = entrances.nodePort;
  expect(address).toEqual({
    prefix: '',
    services: 'service-ips',
    external: 'external-ips',
    local: 'local-ips',
    externalChain: 'external',
    externalLocalChain: 'external-local',
  });
  expect(nodePort).toEqual({
    prefix: 'nodeport-',
    services: 'service-nodeports',
    external: 'external-nodeports',
    local: 'local-nodeports',
    externalChain: 'external-nodeport',
    externalLocalChain: 'external-local-nodeport',
  });
  expect(ofAddress.tcp).toEqual({
    endpoints: 'endpoints-tcp',
    localEndpoints: 'local-endpoints-tcp',
    affinity: 'affinity-tcp',
  });
  expect(ofPort.sctp).toEqual({
    endpoints: 'nodeport-endpoints-sctp',
    localEndpoints: 'nodeport-local-endpoints-sctp',
    affinity: 'nodeport-affinity-sctp',
  });
});

test('no two objects have one name', () => {
  const names = entranceNames.flatMap((entrance) => {
    const { prefix: _, byProtocol, ...rest } = entrances[entrance];
    const slots = protocolNames.flatMap((protocol) => Object.values(byProtocol[protocol]));
    return [...Object.values(rest), ...slots];
  });
  // The maps of services are those of kube-proxy.
  const all = [
    ...new Set([...names, firewallSources, ...Object.values(containers)]),
    ...Object.values(chains),
  ];
  expect(names).toHaveLength(28);
  expect(new Set(all).size).toBe(all.length);
});
