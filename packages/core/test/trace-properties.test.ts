import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compile,
  modes,
  parseSnapshot,
  renderFiles,
  traceDumps,
  type Packet,
} from '../src/index.ts';
import { arbitraryDamage } from './support/arbitrary-damage.ts';
import { environment } from './support/trace.ts';

const arbitraryPacket: fc.Arbitrary<Packet> = fc.record({
  source: fc.constantFrom('node', '10.244.1.12', '192.0.2.100', '198.18.0.9', '127.0.0.1'),
  destination: fc.constantFrom(
    '10.96.0.10',
    '192.0.2.11',
    '10.244.2.5',
    '127.0.0.1',
    '172.30.0.41',
  ),
  protocol: fc.constantFrom('tcp', 'udp', 'icmp'),
  destinationPort: fc.constantFrom(80, 53, 30_001),
});

function expectSum(files: Readonly<Record<string, string>>, packet: Packet): void {
  const { outcomes } = traceDumps(files, packet, { environment });
  const sum = outcomes.reduce((total, { probability }) => total + probability, 0);
  expect(sum).toBeCloseTo(1, 9);
  expect(outcomes.every(({ probability }) => probability > 0)).toBe(true);
}

const names = fixtureNames.filter((_name, index) => index % 10 === 0);
const documents = names.flatMap((name) => {
  const { snapshot } = parseSnapshot(readFixture(name).snapshot);
  return modes.map((mode) => renderFiles(compile(snapshot, mode), { form: 'save' }));
});

test('whatever is wrong with a dump, a packet is traced, and probabilities add up to 1', () => {
  const damaged = fc
    .constantFrom(...documents)
    .chain((files) =>
      fc.record(
        Object.fromEntries(
          Object.entries(files).map(([name, text]) => [
            name,
            arbitraryDamage([text], ['-j', 'KUBE-SERVICES', 'drop', 'tcp']),
          ]),
        ),
      ),
    );
  fc.assert(fc.property(damaged, arbitraryPacket, expectSum), { numRuns: 200 });
});

const option = fc.constantFrom(
  '-s 10.0.0.0/8',
  '! -d 10.96.0.10/32',
  '-p tcp -m tcp --dport 80',
  '-i eth0',
  '! -o cni0',
  '-m mark --mark 0x1/0x3',
  '-m addrtype --dst-type LOCAL',
  '-m statistic --mode random --probability 0.3',
  '-m u32 --u32 "0=0"',
  '-m set --match-set X src',
  '-m conntrack --ctstate NEW',
);
const target = fc.constantFrom(
  '-j ACCEPT',
  '-j RETURN',
  '-j A',
  '-g B',
  '-j C',
  '-j MARK --set-xmark 0x1/0x0',
  '-j MARK --set-xmark 0x2/0x2',
  '-j LOG',
  '',
);
const endings: Readonly<Record<string, readonly string[]>> = {
  filter: ['-j DROP', '-j REJECT'],
  nat: ['-j DNAT --to-destination 10.244.1.5-10.244.1.7', '-j DNAT --to-destination 192.0.2.11'],
  mangle: ['-j DROP'],
};

function arbitraryTable(name: string, builtIn: readonly string[]): fc.Arbitrary<string> {
  const line = fc
    .tuple(
      fc.constantFrom(...builtIn, 'A', 'B', 'C'),
      fc.array(option, { maxLength: 2 }),
      fc.oneof(target, fc.constantFrom(...(endings[name] ?? []))),
    )
    .map(([chain, options, end]) => `-A ${chain} ${[...options, end].join(' ')}`);
  return fc
    .array(line, { maxLength: 14 })
    .map((lines) => `*${name}\n:A - [0:0]\n:B - [0:0]\n:C - [0:0]\n${lines.join('\n')}\nCOMMIT\n`);
}

test('whatever the rules are, chains that call each other included, probabilities add up to 1', () => {
  const text = fc.tuple(
    arbitraryTable('mangle', ['PREROUTING', 'OUTPUT']),
    arbitraryTable('filter', ['INPUT', 'FORWARD', 'OUTPUT']),
    arbitraryTable('nat', ['PREROUTING', 'OUTPUT']),
  );
  fc.assert(
    fc.property(text, arbitraryPacket, (tables, packet) =>
      expectSum({ 'ipv4.iptables-save': tables.join('') }, packet),
    ),
    { numRuns: 300 },
  );
});
