import { expect, test } from 'vitest';
import { formerRulesetOf, layoutOf } from '../src/former-ruleset.ts';
import { compile, layouts, readDumps, renderFiles } from '../src/index.ts';
import { auditedNode } from './support/audited-node.ts';

const { snapshot } = auditedNode('dual-stack', 'nftables');

test.for(layouts)('the layout %s is known by its maps', (layout) => {
  const { rules } = readDumps(renderFiles(compile(snapshot, 'nftables', { layout })));
  expect(layoutOf(rules)).toBe(layout);
});

test("without tables the layout is kube-proxy's", () => {
  expect(layoutOf([])).toBe('kube-proxy');
  expect(formerRulesetOf([])).toEqual({
    ipv4: { table: { maps: [] } },
    ipv6: { table: { maps: [] } },
  });
});

test('the slots of a node are those of the ruleset before', () => {
  const ruleset = compile(snapshot, 'nftables', { layout: 'fast' });
  const previous = formerRulesetOf(readDumps(renderFiles(ruleset)).rules);
  const again = compile(snapshot, 'nftables', { layout: 'fast', previous });
  expect(renderFiles(again)).toEqual(renderFiles(ruleset));
  const maps = previous.ipv4.table.maps.find(({ name }) => String(name) === 'endpoints-tcp');
  expect(maps?.elements.map(({ key, destination }) => [key.join(' '), destination])).toEqual([
    ['10.96.0.10 80 0', { ip: '10.244.1.5', port: 8080 }],
    ['10.96.0.10 80 1', { ip: '10.244.2.6', port: 8080 }],
  ]);
});
