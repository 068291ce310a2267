import { expect, test } from 'vitest';
import { fatesOf, iptables, outcomesOf, toNode } from '../support/trace.ts';

const unknown = '-m u32 --u32 "0=1"';
const accepted = '192.0.2.11:80 from 192.0.2.100';

test('a rule that is not known makes a branch that says so', () => {
  const outcomes = outcomesOf(iptables([`-A INPUT ${unknown} -j DROP`]), toNode);
  expect(outcomes.map(({ verdict, probability }) => [verdict, probability])).toEqual([
    ['accepted', 0.5],
    ['unknown', 0.5],
  ]);
  const [, doubtful] = outcomes;
  expect(doubtful).toMatchObject({ source: null, reason: '-m u32 --u32 0=1' });
  expect(doubtful?.path.at(-1)).toMatchObject({
    chain: 'INPUT',
    number: 1,
    unknown: '-m u32 --u32 0=1',
  });
});

test('where it does not matter whether the rule applies, nothing is unknown', () => {
  expect(fatesOf(iptables([`-A INPUT ${unknown} -j ACCEPT`]), toNode)).toEqual([
    `1 accepted ${accepted}`,
  ]);
  const sameEnd = iptables([`-A INPUT ${unknown} -j DROP`, '-A INPUT -j DROP']);
  expect(fatesOf(sameEnd, toNode)).toEqual(['1 dropped 192.0.2.11:80']);
});

test('a rule that is not known and takes notes only is passed over', () => {
  expect(fatesOf(iptables([`-A INPUT ${unknown}`, `-A INPUT ${unknown} -j LOG`]), toNode)).toEqual([
    `1 accepted ${accepted}`,
  ]);
});

test('a match that fails for certain decides beside one that is not known', () => {
  expect(fatesOf(iptables([`-A INPUT ${unknown} -p udp -j DROP`]), toNode)).toEqual([
    `1 accepted ${accepted}`,
  ]);
});

test('of several rules that are not known, only those count that matter', () => {
  const rules = iptables([
    `-A INPUT ${unknown} -j MARK --set-xmark 0x1/0x1`,
    `-A INPUT ${unknown} -m mark --mark 0x2/0x2 -j DROP`,
    `-A INPUT -m u32 --u32 "4=4" -j DROP`,
  ]);
  expect(fatesOf(rules, toNode)).toEqual([
    `0.5 accepted ${accepted}`,
    '0.5 unknown 192.0.2.11:80 (-m u32 --u32 4=4)',
  ]);
});

test('a mark that may have been set makes what depends on it unknown', () => {
  const rules = iptables([
    `-A INPUT ${unknown} -j MARK --set-xmark 0x1/0x1`,
    '-A INPUT -m mark --mark 0x1/0x1 -j DROP',
  ]);
  expect(fatesOf(rules, toNode)).toEqual([
    `0.5 accepted ${accepted}`,
    '0.5 unknown 192.0.2.11:80 (-m u32 --u32 0=1)',
  ]);
});

test('however many rules are not known, probabilities add up to 1', () => {
  const rules = Array.from(
    { length: 200 },
    (_, index) => `-A INPUT -m u32 --u32 "${index}=0" -j DROP`,
  );
  const outcomes = outcomesOf(iptables(rules), toNode);
  expect(outcomes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
  expect(outcomes.map(({ verdict }) => verdict)).toContain('unknown');
});
