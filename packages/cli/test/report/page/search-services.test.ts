import { expect, test } from 'vitest';
import { searchServices } from '../../../src/report/page/search-services.ts';
import { summarizeServices } from '../../../src/report/page/summarize-services.ts';
import { loadedShop } from '../../support/report.ts';

const services = summarizeServices(loadedShop.snapshot);
const search = (query: string): string[] => searchServices(services, query).map(({ name }) => name);

test.for([
  ['  ', services.map(({ name }) => name)],
  ['COURIER', ['prod/courier-gateway']],
  ['gateway prod', ['prod/courier-gateway']],
  ['10.96.14.140', ['prod/courier-gateway']],
  ['30883', ['prod/courier-gateway']],
  ['mqtt 8883/tcp', ['prod/courier-gateway']],
  ['10.244.3.12', ['prod/courier-gateway']],
  ['198.51.100.51', ['monitoring/syslog']],
  ['nonsense', []],
] as const)('%o', ([query, found]) => {
  expect(search(query)).toEqual(found);
});

test('those with the words in their names come first', () => {
  const found = search('dns');
  expect(found[0]).toBe('kube-system/kube-dns');
});
