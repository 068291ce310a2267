import { expect, test } from 'vitest';
import { kernelRules } from '../../src/diff/kernel-rules.ts';
import { compile, rulesOfRuleset } from '../../src/index.ts';
import { serviceInput, snapshotOf } from '../support/cluster.ts';

test('all but the listeners', () => {
  const rules = rulesOfRuleset(compile(snapshotOf({ services: [serviceInput()] }), 'userspace'));
  expect(rules.map(({ name }) => name)).toContain('listeners IPv4');
  expect(kernelRules(rules)).toEqual(rules.filter(({ kind }) => kind === 'iptables'));
});
