import { expect, test } from 'vitest';
import { parseIPAddr } from '../../../src/ruleset/addresses/parse-ip-addr.ts';

// As ip of iproute2 6.1 printed it, cut to two interfaces.
const printed = `[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"qdisc":"noqueue","operstate":"UNKNOWN","group":"default","txqlen":1000,"link_type":"loopback","address":"00:00:00:00:00:00","broadcast":"00:00:00:00:00:00","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host","label":"lo","valid_life_time":4294967295,"preferred_life_time":4294967295},{"family":"inet6","local":"::1","prefixlen":128,"scope":"host","valid_life_time":4294967295,"preferred_life_time":4294967295}]},{"ifindex":2,"ifname":"kube-ipvs0","flags":["BROADCAST","NOARP"],"mtu":1500,"qdisc":"noop","operstate":"DOWN","group":"default","txqlen":1000,"link_type":"ether","address":"00:11:22:33:44:55","broadcast":"ff:ff:ff:ff:ff:ff","addr_info":[]}]\n`;

test('reads interfaces and their addresses', () => {
  expect(parseIPAddr(printed)).toEqual({
    interfaces: [
      {
        name: 'lo',
        addresses: [
          { family: 'IPv4', address: '127.0.0.1', prefixLength: 8 },
          { family: 'IPv6', address: '::1', prefixLength: 128 },
        ],
      },
      { name: 'kube-ipvs0', addresses: [] },
    ],
    diagnostics: [],
  });
});

test.for(['', '\n', '[]', '[{}]', '[{},{}]\n'])('reads %j, where nothing is shown', (text) => {
  expect(parseIPAddr(text)).toEqual({ interfaces: [], diagnostics: [] });
});

test('an interface without a list of addresses has none', () => {
  expect(parseIPAddr('[{"ifname":"a"},{"ifname":"b","addr_info":[{}]}]').interfaces).toEqual([
    { name: 'a', addresses: [] },
    { name: 'b', addresses: [] },
  ]);
});

const noneSuch = 'which `ip -json addr` does not print.';

test.for([
  [
    '1: lo: <LOOPBACK>\n',
    'DUMP_UNSUPPORTED',
    'This is no list in JSON; `ip -json addr` prints what can be read.',
  ],
  [
    '{"ifname":"lo"}',
    'DUMP_UNSUPPORTED',
    'This is no list in JSON; `ip -json addr` prints what can be read.',
  ],
  [printed.slice(0, 300), 'DUMP_TRUNCATED', 'The text ends within its JSON.'],
  ['[{]', 'DUMP_SYNTAX', 'This list is no JSON.'],
  ['[1]', 'DUMP_SYNTAX', `[0] is 1, ${noneSuch}`],
  ['[null]', 'DUMP_SYNTAX', `[0] is of another shape, ${noneSuch}`],
  ['[{"ifindex":1}]', 'DUMP_SYNTAX', `[0].ifname is missing, ${noneSuch}`],
  [
    '[{"ifname":"a","addr_info":{}}]',
    'DUMP_SYNTAX',
    `[0].addr_info is of another shape, ${noneSuch}`,
  ],
] as const)('says what is wrong with %j', ([text, code, message]) => {
  const { interfaces, diagnostics } = parseIPAddr(text, 'node1.json');
  expect(interfaces).toEqual([]);
  const range = { source: 'node1.json', start: 0, end: text.length };
  expect(diagnostics).toMatchObject([{ code, message, range }]);
});

const valid = { family: 'inet', local: '10.0.0.1', prefixlen: 32 };

test.for([
  [{ ...valid, local: '10.0.0' }, 'local is "10.0.0"'],
  [{ ...valid, local: 1 }, 'local is 1'],
  [{ ...valid, family: 'inet6' }, 'family is "inet6"'],
  [{ ...valid, family: 'mpls' }, 'family is "mpls"'],
  [{ ...valid, prefixlen: 33 }, 'prefixlen is 33'],
  [{ ...valid, prefixlen: undefined }, 'prefixlen is missing'],
] as const)('leaves out an address of which %j', ([address, problem]) => {
  const text = JSON.stringify([{ ifname: 'a', addr_info: [address, valid] }]);
  const { interfaces, diagnostics } = parseIPAddr(text);
  expect(interfaces).toEqual([
    { name: 'a', addresses: [{ family: 'IPv4', address: '10.0.0.1', prefixLength: 32 }] },
  ]);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    `[0].addr_info[0].${problem}, ${noneSuch}`,
  ]);
});
