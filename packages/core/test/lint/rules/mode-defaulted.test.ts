import { test } from 'vitest';
import { modeDefaulted } from '../../../src/lint/rules/mode-defaulted.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('a mode is set', () => {
  expectValid(modeDefaulted, { config: { mode: 'iptables' } });
});

test('none is set', () => {
  expectErrors(modeDefaulted, { config: {} }, [
    [
      'mode is not set, which means iptables; from Kubernetes 1.40 on it is to mean nftables, which treats some traffic otherwise.',
      'KubeProxyConfiguration, mode',
    ],
  ]);
});
