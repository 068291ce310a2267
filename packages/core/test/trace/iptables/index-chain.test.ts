import { expect, test } from 'vitest';
import { fatesOf, iptables, outcomesOf, toPod, type Dumps } from '../../support/trace.ts';

/** Rules of many addresses and ports, among them some that ask for neither. */
const rules = [
  ...Array.from(
    { length: 40 },
    (_, index) => `-d 10.244.1.${index}/32 -j MARK --set-xmark 0x1/0x0`,
  ),
  '-p tcp -j MARK --set-xmark 0x2/0x0',
  ...Array.from(
    { length: 40 },
    (_, index) => `-p tcp -m tcp --dport ${60 + index} -j MARK --set-xmark 0x4/0x0`,
  ),
  '-m mark --mark 0x7 -j DNAT --to-destination 10.244.1.99:1',
  '-d 10.244.1.12/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.244.1.98:1',
  '! -d 10.244.1.12/32 -j DNAT --to-destination 10.244.1.97:1',
];

/** The same rules in one long chain, or in short ones behind each other. */
function nat(chainLength: number): Dumps {
  const chains = Math.ceil(rules.length / chainLength);
  const calls = Array.from({ length: chains }, (_, index) => `-A PREROUTING -j C${index}`);
  const lines = rules.map((rule, index) => `-A C${Math.floor(index / chainLength)} ${rule}`);
  return iptables([...calls, ...lines], 'nat');
}

test.for([
  ['10.244.1.12', 80, '10.244.1.99:1'],
  ['10.244.1.13', 81, '10.244.1.99:1'],
  ['10.244.1.12', 5, '10.244.1.12:5'],
  ['10.244.1.77', 80, '10.244.1.97:1'],
] as const)('%s port %i goes to %s, by the index of a long chain or without', ([ip, port, to]) => {
  const packet = { ...toPod, destination: ip, destinationPort: port };
  const fates = fatesOf(nat(1000), packet);
  expect(fates).toEqual(fatesOf(nat(10), packet));
  expect(fates[0]).toContain(` ${to} `);
});

test('rules keep their numbers', () => {
  const path = outcomesOf(nat(1000), toPod)[0]?.path ?? [];
  const numbers = path.flatMap((step) => (step.kind === 'rule' ? [step.number] : []));
  expect(numbers).toEqual([1, 13, 41, 62, 82]);
});
