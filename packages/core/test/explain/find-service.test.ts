import { expect, test } from 'vitest';
import { findService } from '../../src/explain/find-service.ts';
import { serviceInput, snapshotOf } from '../support/cluster.ts';

const snapshot = snapshotOf({
  services: [
    serviceInput({ metadata: { namespace: 'prod', name: 'web' } }),
    serviceInput({ metadata: { namespace: 'test', name: 'web' } }),
    serviceInput({ metadata: { namespace: 'prod', name: 'cart' } }),
  ],
});

function find(query: string): unknown {
  const found = findService(snapshot, query);
  if (!('service' in found)) return found;
  const { namespace, name } = found.service.metadata;
  return [namespace, name, found.portName];
}

test.for<[string, unknown]>([
  ['prod/web', ['prod', 'web', undefined]],
  ['test/web:p80', ['test', 'web', 'p80']],
  ['cart', ['prod', 'cart', undefined]],
  ['cart:p80', ['prod', 'cart', 'p80']],
  ['prod/wob', { suggestion: 'prod/web' }],
  ['cort', { suggestion: 'cart' }],
  ['cart:p81', { suggestion: 'prod/cart:p80' }],
  ['web', { suggestion: 'prod/web' }],
  ['nothing/like-it', { suggestion: undefined }],
  ['', { suggestion: undefined }],
])('%s', ([query, expected]) => {
  expect(find(query)).toEqual(expected);
});
