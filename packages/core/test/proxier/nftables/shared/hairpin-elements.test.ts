import { expect, test } from 'vitest';
import { hairpinElements } from '../../../../src/proxier/nftables/shared/hairpin-elements.ts';
import { endpointOf, local, remote, resolvedOf } from '../../../support/model.ts';
import { printPlaced } from '../../../support/nftables.ts';

test('endpoints of this node, each to itself, with its own port', () => {
  const other = endpointOf('10.180.0.3', { port: 8080, isLocal: true });
  const { servicePort, endpoints } = resolvedOf({ protocol: 'udp' }, [remote, local, other]);
  expect(printPlaced(hairpinElements(servicePort, endpoints))).toEqual([
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . udp . 80 }',
    'hairpin-connections { 10.180.0.3 . 10.180.0.3 . udp . 8080 }',
  ]);
});

test('none without endpoints on this node', () => {
  const { servicePort, endpoints } = resolvedOf({}, [remote]);
  expect(hairpinElements(servicePort, endpoints)).toEqual([]);
});
