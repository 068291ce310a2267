import { expect, test } from 'vitest';
import { withPrimaryAddresses } from '../../src/service/with-primary-addresses.ts';
import { snapshotOf } from '../support/cluster.ts';

test("unset, they are the node's own; set, they stay", () => {
  expect(withPrimaryAddresses(snapshotOf()).config.nodePortAddresses).toEqual(['primary']);
  const set = snapshotOf({ config: { nodePortAddresses: ['0.0.0.0/0'] } });
  expect(withPrimaryAddresses(set)).toBe(set);
});
