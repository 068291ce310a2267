import type { Audit } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/output/palette.ts';
import { printAudit } from '../../src/output/print-audit.ts';

const whole: Audit = {
  nodeName: 'node-a',
  mode: 'nftables',
  layout: 'fast',
  release: '1.36',
  isWhole: true,
  findings: [],
  whole: ['a/b', 'a/c'],
  broken: [],
  unseen: [],
  foreign: 1200,
  diagnostics: [],
};

test('a whole node', () => {
  expect(printAudit(whole, plainPalette)).toBe(
    'node-a is whole: 2 service ports, nftables mode (1,200 foreign rules ignored)\n~ wording of kube-proxy 1.36, in the fast layout\n',
  );
});

test('a node that was not seen', () => {
  const unseen = ['iptables IPv4', 'iptables IPv6'];
  expect(printAudit({ ...whole, isWhole: false, foreign: 0, unseen }, plainPalette)).toBe(
    'node-a is not known to be whole: nothing wrong in what was dumped, but dumps are missing\n~ no dump of iptables IPv4, iptables IPv6: not compared\n~ wording of kube-proxy 1.36, in the fast layout\n',
  );
});

test('a finding of nobody known, whose text would act on a terminal', () => {
  const finding = {
    kind: 'extra',
    section: 'iptables IPv4 nat',
    container: 'X\u001b',
    message: 'The rule should not be there.',
    ruleNumber: 3,
    place: { source: 'dump\n', offset: 0 },
    line: 7,
    live: '-A X\u001b[31m',
  } as const;
  const audit: Audit = {
    ...whole,
    layout: 'kube-proxy',
    isWhole: false,
    foreign: 1,
    findings: [finding],
    broken: ['a/c'],
    whole: ['a/b'],
  };
  expect(printAudit(audit, plainPalette)).toBe(
    [
      'node-a is NOT whole: 1 finding, 1 of 2 service ports broken, nftables mode (1 foreign rule ignored)',
      '',
      '! (unknown)  extra  The rule should not be there.',
      '    iptables IPv4 nat, X\\u001b, rule 3, dump\\u000a:7',
      '    is:        -A X\\u001b[31m',
      '~ wording of kube-proxy 1.36',
      '',
    ].join('\n'),
  );
});
