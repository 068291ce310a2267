import { compile, parseSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { ipvsOwnerFinder } from '../../src/check/ipvs-line-owner.ts';
import { clusterText, web } from '../support/cluster.ts';

const ruleset = compile(parseSnapshot(clusterText(web)).snapshot, 'ipvs');
const ownerOf = ipvsOwnerFinder(ruleset);
const [server] = ruleset.ipv4.virtualServers;
const address = server?.address ?? '';

test.for([
  [`-A -t ${address} -s rr`, 'prod/web:http, cluster IP'],
  [
    `-a -t ${address} -r 10.244.1.5:8080 -m -w 1`,
    'prod/web:http, endpoint 10.244.1.5:8080 [node-a]',
  ],
  [`add KUBE-CLUSTER-IP ${address.replace(':', ',tcp:')}`, 'prod/web:http, cluster IP'],
  // Golden lines of a server that is still there.
  [`-A -t ${address} -s wrr`, 'prod/web:http'],
  [`-a -t ${address} -r 10.244.9.9:8080 -m -w 1`, 'prod/web:http, endpoint 10.244.9.9:8080'],
  // Of one that is gone, nothing tells.
  ['-A -t 10.96.99.99:80 -s rr', undefined],
])('%s belongs to %s', ([line = '', owner]) => {
  expect(ownerOf(line)?.text).toBe(owner);
});
