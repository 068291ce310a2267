import { expect, test } from 'vitest';
import { findingsIn } from '../../../src/report/page/findings-in.ts';
import { collectFindings } from '../../../src/report/collect-findings.ts';
import { loadedShop } from '../../support/report.ts';

const findings = collectFindings(loadedShop);

test.for(['iptables', 'ipvs', 'nftables'] as const)('those of %s mode', (mode) => {
  const own = findingsIn(findings, { mode });
  expect(own).toEqual(findings.filter(({ modes }) => modes.includes(mode)));
  expect(own.length).toBeLessThan(findings.length);
});

test('the fast layout is one of nftables mode', () => {
  expect(findingsIn(findings, { mode: 'fast' })).toEqual(
    findingsIn(findings, { mode: 'nftables' }),
  );
});
