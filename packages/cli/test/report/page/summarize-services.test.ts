import { expect, test } from 'vitest';
import { summarizeServices } from '../../../src/report/page/summarize-services.ts';
import { loadedShop } from '../../support/report.ts';

const services = summarizeServices(loadedShop.snapshot);

test('all Services are there, by name', () => {
  const names = loadedShop.snapshot.services.map(
    ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
  );
  expect(services.map(({ name }) => name)).toEqual(names.toSorted());
});

test('a Service with what it is found by', () => {
  expect(services.find(({ name }) => name === 'prod/courier-gateway')).toEqual({
    name: 'prod/courier-gateway',
    type: 'NodePort',
    clusterIP: '10.96.14.140',
    targets: ['10.96.14.140:8883/tcp'],
    endpoints: 2,
    words: 'nodeport 10.96.14.140 mqtt 8883/tcp 30883 10.244.2.11 10.244.3.12',
  });
});

test.for(['prod/payments', 'prod/db'])('%s has no address to send to', (name) => {
  expect(services.find((service) => service.name === name)?.targets).toEqual([]);
});
