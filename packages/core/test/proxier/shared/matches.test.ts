import { expect, test } from 'vitest';
import {
  addressMatches,
  commentMatch,
  localTrafficMatch,
  protocolMatch,
} from '../../../src/proxier/shared/matches.ts';
import type { LocalTrafficDetector } from '../../../src/service/local-traffic-detector.ts';
import { printRule } from '../../../src/ruleset/iptables/index.ts';
import type { Match } from '../../../src/ruleset/iptables/index.ts';
import { servicePortOf } from '../../support/model.ts';
import { ruleOf } from '../../support/rules.ts';

function print(...matches: readonly Match[]): string {
  return printRule(ruleOf('A', matches)).slice('-A A '.length);
}

test('an address is matched by protocol, address without mask, and port', () => {
  const servicePort = servicePortOf({ protocol: 'udp', port: 53 });
  expect(print(...addressMatches(servicePort, '5.6.7.8'))).toBe(
    '-m udp -p udp -d 5.6.7.8 --dport 53',
  );
});

test.for(['tcp', 'udp', 'sctp'] as const)(
  'the protocol %s is matched with its module',
  (protocol) => {
    expect(print(protocolMatch({ protocol }))).toBe(`-m ${protocol} -p ${protocol}`);
  },
);

test('a comment is a match', () => {
  expect(print(commentMatch('a b'))).toBe('-m comment --comment "a b"');
});

test.for<[LocalTrafficDetector, string]>([
  [{ kind: 'cidr', cidr: '10.0.0.0/8' }, '-s 10.0.0.0/8'],
  [{ kind: 'bridgeInterface', name: 'cni0' }, '-i cni0'],
  [{ kind: 'interfaceNamePrefix', prefix: 'veth' }, '-i veth+'],
])('local traffic by %o is %s', ([detector, words]) => {
  expect(print(localTrafficMatch(detector))).toBe(words);
  expect(print(localTrafficMatch(detector, true))).toBe(`! ${words}`);
});
