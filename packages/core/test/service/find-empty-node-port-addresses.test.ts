import { expect, test } from 'vitest';
import { families } from '../../src/netaddr/family.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { findEmptyNodePortAddresses } from '../../src/service/find-empty-node-port-addresses.ts';
import { resolveFamily } from '../../src/service/resolve-family.ts';
import { snapshotOf } from '../support/cluster.ts';

function find(nodePortAddresses: string[]): object[] {
  const snapshot = snapshotOf({ config: { nodePortAddresses } });
  const behaviour = behaviourOf('1.36', {});
  return findEmptyNodePortAddresses(
    families.map((family) => resolveFamily(snapshot, family, behaviour)),
  );
}

test.for([[[]], [['127.0.0.0/8']], [['0.0.0.0/0', '::/0']]])('%o leaves an address', ([list]) => {
  expect(find(list ?? [])).toEqual([]);
});

function diagnostic(family: string): object {
  return {
    code: 'NODE_PORT_ADDRESSES_EMPTY',
    severity: 'warning',
    message: `No ${family} address of the node is within nodePortAddresses: node ports answer on none.`,
    objects: [{ kind: 'KubeProxyConfiguration', path: 'nodePortAddresses' }],
  };
}

test('each family whose CIDRs hold no address of the node is reported', () => {
  expect(find(['10.99.0.0/16'])).toEqual([diagnostic('IPv4')]);
  expect(find(['10.99.0.0/16', '2001:db8::/32'])).toEqual([diagnostic('IPv4'), diagnostic('IPv6')]);
});
