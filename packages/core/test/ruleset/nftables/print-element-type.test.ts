import { expect, test } from 'vitest';
import type { ElementType, Expression, NamedMap } from '../../../src/ruleset/nftables/ast.ts';
import { printElementType } from '../../../src/ruleset/nftables/print-element-type.ts';

const daddr: Expression = { kind: 'payload', protocol: 'ip', field: 'daddr' };
const dport: Expression = { kind: 'payload', protocol: 'tcp', field: 'dport' };
const slot: Expression = { kind: 'numgen', modulus: 65_536 };
const key: Expression = { kind: 'concatenation', parts: [daddr, dport, slot] };
const data: Expression = { kind: 'concatenation', parts: [daddr, dport] };

test.for<[ElementType, NamedMap['data'] | undefined, string]>([
  [['ipv4_addr'], undefined, 'type ipv4_addr'],
  [['inet_proto', 'inet_service'], undefined, 'type inet_proto . inet_service'],
  [['inet_service'], 'verdict', 'type inet_service : verdict'],
  [daddr, undefined, 'typeof ip daddr'],
  [key, undefined, 'typeof ip daddr . tcp dport . numgen random mod 65536'],
  [key, data, 'typeof ip daddr . tcp dport . numgen random mod 65536 : ip daddr . tcp dport'],
  [key, 'verdict', 'typeof ip daddr . tcp dport . numgen random mod 65536 : verdict'],
])('%j with the data %j is "%s"', ([type, ofMap, text]) => {
  expect(printElementType(type, ofMap)).toBe(text);
});
