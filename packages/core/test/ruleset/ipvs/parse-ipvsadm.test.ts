import { expect, test } from 'vitest';
import { parseIpvsadm } from '../../../src/ruleset/ipvs/parse-ipvsadm.ts';
import { listedServers, procfsServers, savedServers } from '../../support/ipvs-dumps.ts';

test.for([
  ['save', savedServers],
  ['list', listedServers],
  ['procfs', procfsServers],
] as const)('reads every line of a %s', ([format, text]) => {
  const { document, diagnostics } = parseIpvsadm(text);
  expect(diagnostics).toEqual([]);
  expect(document.format).toBe(format);
  expect(document.isTerminated).toBe(true);
  expect(document.lines).toHaveLength(text.split('\n').length - 1);
  const count = (kind: string): number => document.lines.filter((one) => one.kind === kind).length;
  expect([count('virtualServer'), count('realServer')]).toEqual([14, 13]);
});

function problems(text: string): string[] {
  return parseIpvsadm(text).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

const add = '-A -t 10.0.0.1:80 -s rr\n';
const listed = 'TCP  10.0.0.1:80 rr\n';

test.for<[string, string[]]>([
  [`${add}-D -t 10.0.0.1:80\n`, ['DUMP_SYNTAX "-D -t 10.0.0.1:80" is no line of `ipvsadm -S -n`.']],
  [`${add}${add}`, ['DUMP_SYNTAX The virtual server "tcp 10.0.0.1:80" is added a second time.']],
  [
    '-a -t 10.0.0.1:80 -r 10.1.0.1:80\n',
    ['DUMP_SYNTAX No line before this adds the virtual server "tcp 10.0.0.1:80".'],
  ],
  [
    `${add}-a -t 10.0.0.1:80 -r 10.`,
    [
      'DUMP_TRUNCATED The text ends within a line: "-a -t 10.0.0.1:80 -r 10." is no line of `ipvsadm -S -n`.',
    ],
  ],
  [
    `${listed}nonsense\n  -> 10.1.0.1:80 Masq 1 0 0\n`,
    [
      'DUMP_SYNTAX "nonsense" is no line of `ipvsadm -L -n`.',
      'DUMP_SYNTAX "-> 10.1.0.1:80 Masq 1 0 0" is no line of `ipvsadm -L -n`.',
    ],
  ],
  [
    'TCP  0A000001:0050 rr\nMode: 644\n',
    ['DUMP_SYNTAX "Mode: 644" is no line of /proc/net/ip_vs.'],
  ],
])('says what is wrong with %j', ([text, wanted]) => {
  expect(problems(text)).toEqual(wanted);
});

test.for([
  ['-A -t 10.0.0.1:https -s rr\n-a -t 10.0.0.1:https -r 10.1.0.1:6443 -m -w 1\n', 0],
  [`${add}-a -t 10.0.0.1:80 -r node2:http -m -w 1\n`, 24],
  ['TCP  node1:http rr\n  -> node2:http Masq 1 0 0\n', 0],
] as const)('asks for numbers where names are: %j', ([text, start]) => {
  const { document, diagnostics } = parseIpvsadm(text, 'node1.txt');
  expect(document.lines.map(({ kind }) => kind)).toEqual(['virtualServer', 'realServer']);
  expect(diagnostics).toMatchObject([
    {
      code: 'DUMP_UNSUPPORTED',
      message: 'Names stand here for addresses or ports; ipvsadm prints numbers with `-n`.',
      range: { source: 'node1.txt', start },
    },
  ]);
});

test('reads nothing of another format', () => {
  const { document, diagnostics } = parseIpvsadm('*nat\nCOMMIT\n');
  expect(document.lines.map(({ kind }) => kind)).toEqual(['unread', 'unread']);
  expect(diagnostics.map(({ code }) => code)).toEqual(['DUMP_UNSUPPORTED']);
});
