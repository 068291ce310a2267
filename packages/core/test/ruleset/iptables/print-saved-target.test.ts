import { expect, test } from 'vitest';
import { parseTarget } from '../../../src/ruleset/iptables/parse-target.ts';
import { printSavedTarget } from '../../../src/ruleset/iptables/print-saved-target.ts';
import type { SavedTarget } from '../../../src/ruleset/iptables/saved-rule.ts';

const texts: Readonly<Record<Exclude<SavedTarget['kind'], 'other'>, readonly string[]>> = {
  jump: ['-j KUBE-SERVICES', '-j cali-fw'],
  goto: ['-g KUBE-SERVICES', '-g ACCEPT'],
  ACCEPT: ['-j ACCEPT'],
  DROP: ['-j DROP'],
  RETURN: ['-j RETURN'],
  REJECT: ['-j REJECT', '-j REJECT --reject-with icmp-port-unreachable'],
  MARK: [
    '-j MARK --set-xmark 0x4000/0x0',
    '-j MARK --set-mark 1',
    '-j MARK --and-mark 1',
    '-j MARK --or-mark 0x00004000',
    '-j MARK --xor-mark 0x00004000',
  ],
  MASQUERADE: ['-j MASQUERADE', '-j MASQUERADE --random-fully'],
  DNAT: ['-j DNAT --to-destination [fd00::1]:80'],
  REDIRECT: ['-j REDIRECT --to-ports 36123', '-j REDIRECT --to-ports 8080-8090'],
};

test.for(Object.entries(texts))('%s is read and printed as it was', ([kind, written]) => {
  for (const text of written) {
    const target = parseTarget(text.split(' '));
    expect(target?.kind).toBe(kind);
    expect(target && printSavedTarget(target)).toBe(` ${text}`);
  }
});

test.for([
  '-j',
  '-j LOG',
  '-j TRACE',
  '-j REDIRECT',
  '-j REDIRECT --to-ports 80 --random',
  '-j SNAT --to-source 10.0.0.1',
  '-j ACCEPT --now',
  '-j RETURN --now',
  '-j DROP --now',
  '-j MARK',
  '-j MARK ! --set-mark 1',
  '-j MASQUERADE --to-ports 1-2',
  '-j DNAT --to-destination 10.0.0.1 --persistent',
  '-j REJECT --reject-with',
  '-g A --now',
])('%s has no kind of its own', (text) => {
  expect(parseTarget(text.split(' '))).toBeUndefined();
});
