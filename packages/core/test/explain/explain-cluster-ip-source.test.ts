import { expect, test } from 'vitest';
import { explainClusterIPSource } from '../../src/explain/explain-cluster-ip-source.ts';
import type { Client } from '../../src/explain/explanation.ts';
import { situationOf, type SituationFields } from '../support/situation.ts';

test.for<[string, SituationFields, Client, boolean]>([
  ['it counts as a pod: its address is within 10.0.0.0/8', {}, 'pod', true],
  ['it does not count as a pod: its address is not within 10.0.0.0/8', {}, 'outside', false],
  ['it does not count as a pod: its address is not within 10.0.0.0/8', {}, 'node', false],
  ['masqueradeAll masquerades every call by a cluster IP', { masqueradeAll: true }, 'pod', false],
  [
    'pods cannot be told from others, so nothing is masqueraded',
    { detector: undefined },
    'node',
    true,
  ],
  [
    'it sends from the cluster IP itself, which is masqueraded',
    { detector: undefined, mode: 'ipvs' },
    'node',
    false,
  ],
  [
    'it does not count as a pod: it comes in by cni0; it does not come in by an interface v-*',
    { detector: { kind: 'interfaceNamePrefix', prefix: 'v-' }, undetectedBridge: 'cni0' },
    'pod',
    false,
  ],
])('%s', ([why, fields, client, keepsSource]) => {
  expect(explainClusterIPSource(situationOf(fields), client)).toEqual({ keepsSource, why });
});
