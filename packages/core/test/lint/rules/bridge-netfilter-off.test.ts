import { test } from 'vitest';
import { bridgeNetfilterOff } from '../../../src/lint/rules/bridge-netfilter-off.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('on, or not known', () => {
  expectValid(bridgeNetfilterOff, {});
  const sysctls = { 'net.bridge.bridge-nf-call-iptables': 1 };
  expectValid(bridgeNetfilterOff, { nodeState: { sysctls } });
});

test('off in one family', () => {
  const sysctls = {
    'net.bridge.bridge-nf-call-iptables': 1,
    'net.bridge.bridge-nf-call-ip6tables': 0,
  };
  expectErrors(bridgeNetfilterOff, { nodeState: { sysctls } }, [
    [
      "net.bridge.bridge-nf-call-ip6tables is 0 on Node node-a: between pods behind one bridge the answers of a Service's endpoints are not translated back.",
      'Node node-a',
    ],
  ]);
});
