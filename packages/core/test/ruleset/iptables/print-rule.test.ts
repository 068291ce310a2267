import { expect, test } from 'vitest';
import { printRule, printRuleSpecification } from '../../../src/ruleset/iptables/print-rule.ts';
import { ruleOf } from '../../support/rules.ts';

const rule = ruleOf(
  'KUBE-SERVICES',
  [
    { kind: 'comment', text: 'ns1/svc1:p80 cluster IP' },
    { kind: 'protocol', protocol: 'tcp', module: true },
    { kind: 'destination', address: '172.30.0.41' },
    { kind: 'destinationPort', port: 80 },
  ],
  { kind: 'DROP' },
);

test('the matches stand in their order, the target last', () => {
  expect(printRule(rule)).toBe(
    '-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 cluster IP" -m tcp -p tcp -d 172.30.0.41 --dport 80 -j DROP',
  );
});

test('a rule needs neither a match nor a target', () => {
  expect(printRule(ruleOf('A', [], { kind: 'ACCEPT' }))).toBe('-A A -j ACCEPT');
  expect(printRule(ruleOf('A', [{ kind: 'comment', text: 'b' }]))).toBe(
    '-A A -m comment --comment b',
  );
});

test('the origin leaves no trace', () => {
  const origin = {
    reason: 'other',
    servicePort: 'ns/name',
    endpoint: { address: 'x', nodeName: 'y' },
  };
  expect(printRule({ ...rule, origin })).toBe(printRule(rule));
});

test('the specification is what follows the chain', () => {
  expect(`-A KUBE-SERVICES${printRuleSpecification(rule)}`).toBe(printRule(rule));
});
