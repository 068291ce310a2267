import { expect, test } from 'vitest';
import type { Target } from '../../../src/ruleset/iptables/ast.ts';
import { chainName } from '../../../src/ruleset/iptables/chain-name.ts';
import { printTarget } from '../../../src/ruleset/iptables/print-target.ts';

const texts: readonly (readonly [target: Target, text: string])[] = [
  [{ kind: 'jump', chain: chainName('KUBE-MARK-MASQ') }, ' -j KUBE-MARK-MASQ'],
  [{ kind: 'ACCEPT' }, ' -j ACCEPT'],
  [{ kind: 'DROP' }, ' -j DROP'],
  [{ kind: 'REJECT' }, ' -j REJECT'],
  [{ kind: 'RETURN' }, ' -j RETURN'],
  [{ kind: 'MARK', operation: 'or', mark: 0x4000 }, ' -j MARK --or-mark 0x00004000'],
  [{ kind: 'MARK', operation: 'xor', mark: 0x4000 }, ' -j MARK --xor-mark 0x00004000'],
  [{ kind: 'MASQUERADE', randomFully: true }, ' -j MASQUERADE --random-fully'],
  [{ kind: 'MASQUERADE', randomFully: false }, ' -j MASQUERADE'],
  [{ kind: 'DNAT', destination: '10.0.0.1:80' }, ' -j DNAT --to-destination 10.0.0.1:80'],
  [{ kind: 'DNAT', destination: '[fd00::1]:80' }, ' -j DNAT --to-destination [fd00::1]:80'],
  [{ kind: 'REDIRECT', port: 36_123 }, ' -j REDIRECT --to-ports 36123'],
];

test.for(texts)('%o', ([target, text]) => {
  expect(printTarget(target)).toBe(text);
});

test('every kind of target has a text here', () => {
  const kinds: Readonly<Record<Target['kind'], true>> = {
    jump: true,
    ACCEPT: true,
    DROP: true,
    REJECT: true,
    RETURN: true,
    MARK: true,
    MASQUERADE: true,
    DNAT: true,
    REDIRECT: true,
  };
  expect([...new Set(texts.map(([{ kind }]) => kind))].toSorted()).toEqual(
    Object.keys(kinds).toSorted(),
  );
});

test('a line end in a destination is refused', () => {
  expect(() => printTarget({ kind: 'DNAT', destination: '10.0.0.1:80\nCOMMIT' })).toThrow(
    TypeError,
  );
});
