import { explainedModes, lint } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { collectFindings } from '../../src/report/collect-findings.ts';
import { loadText, loadedShop } from '../support/report.ts';

const findings = collectFindings(loadedShop);

test.for(explainedModes)('in %s mode they are what lint finds', (mode) => {
  const found = lint(loadedShop.snapshot, mode, { found: loadedShop.diagnostics });
  const own = findings.filter((finding) => finding.modes.includes(mode));
  expect(own.length).toBeGreaterThan(3);
  expect(own.map(({ code, message }) => `${code} ${message}`).toSorted()).toEqual(
    found.map(({ code, message }) => `${code} ${message}`).toSorted(),
  );
});

test('what holds in several modes is there once, the worst first', () => {
  const deprecated = findings.filter(({ code }) => code === 'EXTERNAL_IPS_DEPRECATED');
  expect(deprecated).toEqual([
    {
      code: 'EXTERNAL_IPS_DEPRECATED',
      severity: 'warning',
      message: expect.stringContaining('spec.externalIPs is deprecated'),
      details: [
        'examples/online-shop.yaml:557:5',
        '  Service monitoring/syslog, spec.externalIPs',
        '  556 |     externalIPs:',
        '  557 |     - 198.51.100.51',
        '      |     ^^^^^^^^^^^^^^^',
      ].join('\n'),
      services: ['monitoring/syslog'],
      modes: ['iptables', 'ipvs', 'nftables'],
    },
  ]);
  const order = ['error', 'warning', 'info'];
  const ranks = findings.map(({ severity }) => order.indexOf(severity));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
});

test('what has no place has no line for it', () => {
  const found = collectFindings(loadText('kind: Node\napiVersion: v1\nmetadata: {name: a}'));
  expect(found.find(({ code }) => code === 'CONFIG_MISSING')?.details).toBe('');
});
