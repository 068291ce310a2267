import { expect, test } from 'vitest';
import { fatesOf, outcomesOf, toNode, type Dumps } from '../../support/trace.ts';

function withSet(create: string, entries: readonly string[], fields: string): Dumps {
  return {
    'ipset-save': [`create S ${create}`, ...entries.map((entry) => `add S ${entry}`), ''].join(
      '\n',
    ),
    'ipv4.iptables-save': `*filter\n-A INPUT -m set --match-set S ${fields} -j DROP\nCOMMIT\n`,
  };
}

test.for<[string, readonly string[], string, 'yes' | 'no' | 'unknown']>([
  ['hash:ip family inet', ['192.0.2.100'], 'src', 'yes'],
  ['hash:ip family inet', ['192.0.2.100'], 'dst', 'no'],
  ['hash:ip family inet6', ['fd00::1'], 'src', 'no'],
  ['hash:ip,port family inet', ['192.0.2.11,tcp:80'], 'dst,dst', 'yes'],
  ['hash:ip,port family inet', ['192.0.2.11,udp:80'], 'dst,dst', 'no'],
  ['hash:ip,port family inet', ['192.0.2.100,tcp:80'], 'src,dst', 'yes'],
  ['hash:ip,port,ip family inet', ['192.0.2.11,tcp:80,192.0.2.100'], 'dst,dst,src', 'yes'],
  ['hash:ip,port,net family inet', ['192.0.2.11,tcp:80,192.0.2.0/24'], 'dst,dst,src', 'yes'],
  ['hash:ip,port,net family inet', ['192.0.2.11,tcp:80,198.51.100.0/24'], 'dst,dst,src', 'no'],
  ['bitmap:port range 0-65535', ['80'], 'dst', 'yes'],
  ['bitmap:port range 0-65535', ['81'], 'dst', 'no'],
  ['bitmap:port range 0-65535', ['80'], 'src', 'unknown'],
  ['hash:net family inet', ['192.0.2.0/24'], 'src', 'yes'],
  ['hash:net family inet', ['192.0.0.0/16', '192.0.2.0/25 nomatch'], 'src', 'no'],
  ['hash:net family inet', ['192.0.2.0/24 nomatch', '192.0.2.64/26'], 'src', 'yes'],
  ['hash:net,iface family inet', ['192.0.2.0/24,eth0'], 'src,src', 'yes'],
  ['hash:net,iface family inet', ['192.0.2.0/24,eth1'], 'src,src', 'no'],
  ['hash:mac', ['01:02:03:04:05:06'], 'src', 'unknown'],
  ['list:set', ['OTHER'], 'src', 'unknown'],
  ['hash:ip family inet', [], 'src', 'no'],
])('%s with %j by %s: %s', ([create, entries, fields, holds]) => {
  const fates = fatesOf(withSet(create, entries, fields), toNode);
  if (holds === 'yes') expect(fates[0]).toMatch(/^1 dropped/);
  if (holds === 'no') expect(fates[0]).toMatch(/^1 accepted/);
  expect(fates.filter((fate) => fate.startsWith('0.5 '))).toHaveLength(holds === 'unknown' ? 2 : 0);
});

test('the entry is told, and an inverted match and aside options are known', () => {
  const [outcome] = outcomesOf(withSet('hash:ip family inet', ['192.0.2.100'], 'src'), toNode);
  expect(outcome?.path[1]).toMatchObject({
    elements: [{ container: 'S', text: '192.0.2.100', place: { source: 'ipset-save' } }],
  });
  const text = `*filter\n-A INPUT -m set ! --match-set S src -j ACCEPT\n-A INPUT -m set --match-set S src ! --update-counters -j DROP\nCOMMIT\n`;
  const files = {
    ...withSet('hash:ip family inet', ['192.0.2.100'], 'src'),
    'ipv4.iptables-save': text,
  };
  expect(fatesOf(files, toNode)).toEqual(['1 dropped 192.0.2.11:80']);
});

test('without a dump of the sets, what they hold is unknown', () => {
  const { 'ipv4.iptables-save': rules = '' } = withSet('hash:ip family inet', [], 'src');
  expect(fatesOf({ 'ipv4.iptables-save': rules }, toNode)).toEqual([
    '0.5 accepted 192.0.2.11:80 from 192.0.2.100',
    '0.5 unknown 192.0.2.11:80 (-m set --match-set S src)',
  ]);
});
