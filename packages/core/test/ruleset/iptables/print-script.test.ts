import { expect, test } from 'vitest';
import { printRestore } from '../../../src/ruleset/iptables/print-restore.ts';
import { printScript } from '../../../src/ruleset/iptables/print-script.ts';
import { createFakeIptables } from '../../support/fake-iptables.ts';
import { document, jumps, ruleOf, withLastJump } from '../../support/rules.ts';

const script = printScript(document, jumps, 'IPv4');

test('a shell takes the script', () => {
  expect(createFakeIptables().run(script, ['-n'])).toEqual({ status: 0, stderr: '', calls: [] });
});

test('the first run makes each chain and each jump, then hands over the rules', () => {
  const fake = createFakeIptables();
  const { status, stderr, calls } = fake.run(script);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(calls).toEqual([
    'iptables -w 5 -t filter -N MINE',
    'iptables -w 5 -t filter -C INPUT -m comment --comment [to mine] -j MINE',
    'iptables -w 5 -t filter -I INPUT -m comment --comment [to mine] -j MINE',
    'iptables -w 5 -t filter -N MINE',
    'iptables -w 5 -t filter -S MINE',
    'iptables -w 5 -t filter -C OUTPUT -j MINE',
    'iptables -w 5 -t filter -I OUTPUT -j MINE',
    'iptables -w 5 -t filter -N OTHER',
    'iptables -w 5 -t filter -C INPUT -j OTHER',
    'iptables -w 5 -t filter -I INPUT -j OTHER',
    'iptables -w 5 -t nat -N OTHER',
    'iptables -w 5 -t nat -C PREROUTING -j OTHER',
    'iptables -w 5 -t nat -I PREROUTING -j OTHER',
    'iptables-restore -w 5 --noflush --counters',
  ]);
  expect(fake.restored()).toBe(printRestore(document));
});

test('a second run makes no jump again, and hands over the rules again', () => {
  const fake = createFakeIptables();
  fake.run(script);
  const { status, calls } = fake.run(script);
  expect(status).toBe(0);
  expect(calls.filter((call) => call.includes(' -I '))).toEqual([]);
  expect(calls.filter((call) => call.includes(' -C '))).toHaveLength(jumps.length / 2);
  expect(calls.at(-1)).toBe('iptables-restore -w 5 --noflush --counters');
});

test('a jump that must come last is appended, once', () => {
  const fake = createFakeIptables();
  const withLast = printScript(document, withLastJump, 'IPv4');
  expect(fake.run(withLast).calls.slice(-6)).toEqual([
    'iptables -w 5 -t nat -C PREROUTING -j OTHER',
    'iptables -w 5 -t nat -A PREROUTING -j OTHER',
    'iptables -w 5 -t nat -N MINE',
    'iptables -w 5 -t nat -C PREROUTING -j MINE',
    'iptables -w 5 -t nat -I PREROUTING -j MINE',
    'iptables-restore -w 5 --noflush --counters',
  ]);
  expect(fake.run(withLast).calls.filter((call) => / -[AI] /.test(call))).toEqual([]);
});

test('a jump that was lost is made again, and only that', () => {
  const fake = createFakeIptables();
  fake.run(script);
  fake.forget('-t filter -I OUTPUT -j MINE');
  expect(fake.run(script).calls.filter((call) => call.includes(' -I '))).toEqual([
    'iptables -w 5 -t filter -I OUTPUT -j MINE',
  ]);
});

test('nothing is restored if a chain cannot be made, and iptables says why', () => {
  const { status, stderr, calls } = createFakeIptables({ broken: true }).run(script);
  expect(status).not.toBe(0);
  expect(stderr).toContain('broken');
  expect(calls).toEqual(['iptables -w 5 -t filter -N MINE', 'iptables -w 5 -t filter -S MINE']);
});

test('IPTABLES chooses the back end', () => {
  const { calls } = createFakeIptables().run(script, [], { IPTABLES: 'iptables-nft' });
  expect(calls[0]).toBe('iptables-nft -w 5 -t filter -N MINE');
  expect(calls.at(-1)).toBe('iptables-nft-restore -w 5 --noflush --counters');
});

test('IPv6 has commands and a variable of its own', () => {
  const ipv6 = printScript(document, jumps, 'IPv6');
  const environment = { IPTABLES: 'iptables-nft' };
  expect(createFakeIptables().run(ipv6, [], environment).calls.at(-1)).toBe(
    'ip6tables-restore -w 5 --noflush --counters',
  );
  const legacy = createFakeIptables().run(ipv6, [], { IP6TABLES: 'ip6tables-legacy' });
  expect(legacy.calls.at(-1)).toBe('ip6tables-legacy-restore -w 5 --noflush --counters');
});

test('the rules are no shell text', () => {
  const text = '$(touch pwned) `touch pwned` $HOME END_OF_RULES \\ "';
  const [filter] = document.tables;
  if (!filter) throw new Error('no table');
  const rules = [ruleOf('MINE', [{ kind: 'comment', text }])];
  const hostile = { tables: [{ ...filter, rules }] };
  const fake = createFakeIptables();
  expect(fake.run(printScript(hostile, [], 'IPv4')).status).toBe(0);
  expect(fake.restored()).toBe(printRestore(hostile));
});

test('the mark that ends the rules is no line of theirs', () => {
  const lines = script.split('\n');
  expect(lines.filter((line) => line === 'END_OF_RULES')).toHaveLength(1);
  expect(lines.at(-2)).toBe('END_OF_RULES');
});
