import { expect, test } from 'vitest';
import { parseIptables } from '../../../src/ruleset/iptables/parse-save.ts';
import { printSaved } from '../../../src/ruleset/iptables/print-saved.ts';
import type { SavedDocument, SavedRule } from '../../../src/ruleset/iptables/saved.ts';

/** The document of a text in which nothing is wrong, and which prints as it was. */
function expectToPrintBack(text: string): SavedDocument {
  const { document, diagnostics } = parseIptables(text);
  expect(diagnostics).toEqual([]);
  expect(printSaved(document)).toBe(text);
  return document;
}

function expectRule(line: string): SavedRule {
  const [table] = expectToPrintBack(`*nat\n${line}\nCOMMIT\n`).items;
  const rule = table?.kind === 'table' ? table.items[0] : undefined;
  if (rule?.kind !== 'rule') throw new Error(`no rule: ${line}`);
  return rule;
}

test('a save is tables, chains, rules, comments and blank lines, in their order', () => {
  const text = `# Warning: iptables-legacy tables present, use iptables-legacy to see them

*nat
:PREROUTING ACCEPT [12:345]
:KUBE-SERVICES - [0:0]
# inside
[7:420] -A PREROUTING -j KUBE-SERVICES
COMMIT
# Completed
`;
  expect(expectToPrintBack(text)).toEqual({
    items: [
      {
        kind: 'comment',
        text: '# Warning: iptables-legacy tables present, use iptables-legacy to see them',
      },
      { kind: 'blank', text: '' },
      {
        kind: 'table',
        name: 'nat',
        items: [
          {
            kind: 'chain',
            name: 'PREROUTING',
            policy: 'ACCEPT',
            counters: { packets: '12', bytes: '345' },
            offset: text.indexOf(':PREROUTING'),
          },
          {
            kind: 'chain',
            name: 'KUBE-SERVICES',
            policy: '-',
            counters: { packets: '0', bytes: '0' },
            offset: text.indexOf(':KUBE-SERVICES'),
          },
          { kind: 'comment', text: '# inside' },
          {
            kind: 'rule',
            chain: 'PREROUTING',
            counters: { packets: '7', bytes: '420' },
            matches: [],
            target: { kind: 'jump', chain: 'KUBE-SERVICES' },
            offset: text.indexOf('[7:420]'),
          },
        ],
        committed: true,
        offset: text.indexOf('*nat'),
      },
      { kind: 'comment', text: '# Completed' },
    ],
    lineEnd: '\n',
    ended: true,
  });
});

test.for([
  '',
  '\n',
  '\n\n',
  '# a comment alone',
  '  # indented',
  '*nat\nCOMMIT',
  '*nat\nCOMMIT\n\n',
  '*nat\r\n:INPUT ACCEPT [0:0]\r\n-A INPUT -j DROP\r\nCOMMIT\r\n',
  '*nat\r\nCOMMIT',
  '*nat\r\nCOMMIT\n',
  '*nat\n-A INPUT -j DROP\r\nCOMMIT\n',
  '*nat\n:INPUT ACCEPT\nCOMMIT\n',
  ' *nat \n\t:INPUT   ACCEPT  [1:2] \n  [3:4]  -A  INPUT  -j  DROP \nCOMMIT \n',
  '*nat\n[18446744073709551615:18446744073709551615] -A INPUT\nCOMMIT\n',
  '*nat\nCOMMIT\n*filter\nCOMMIT\n*nat\n:A - [0:0]\nCOMMIT\n',
  '*nat\n:cali-fw-\u{1F600} - [0:0]\nCOMMIT\n',
])('%j is printed as it was', (text) => {
  expectToPrintBack(text);
});

test.for([
  '-A A',
  '-A A -s 10.0.2.1 -p 89 -j ACCEPT',
  '-A A  -s 10.0.2.1\t-p 89 -j   ACCEPT ',
  '-A A ! -s 10.0.0.0/8 ! -d 10.0.0.1/32 ! -i eth0 ! -o eth+ ! -p tcp -j LOG --log-prefix "a \\"b\\" "',
  '-A A -p tcp -m tcp ! --dport 80:90 --sport :1024 --tcp-flags FIN,SYN,RST,ACK SYN -j DROP',
  '-A A --dport=80 --protocol tcp --jump DROP',
  '-A A -m comment --comment "-j DROP" -j RETURN',
  '-A A -m comment --comment -j -j RETURN',
  '-A A -m comment --comment ! -m comment --comment "" -j RETURN',
  '-A A -m comment --comment "it\'s" -m comment --comment "it\\\'s" -m comment --comment it\'s',
  '-A A -j ACCEPT -m comment --comment "after the target" -s 10.0.0.1',
  '-A A -g B',
  '-A A -f -j DROP',
  '-A A "x"-j DROP',
  '-A A stray words',
  '-A A -m hashlimit --hashlimit-above 1/sec --hashlimit-name x ! -i lo -j TRACE',
  '-A A -m set ! --match-set a dst,src -m set --match-set b src --return-nomatch -j SET --add-set c src',
])('%s is printed as it was', (line) => {
  expectRule(line);
});

test('a rule of kube-proxy as kube-proxy writes it', () => {
  const rule = expectRule(
    '-A KUBE-SVC-A -m comment --comment "a/b cluster IP" -m tcp -p tcp -d 10.96.0.1 --dport 53 ! -s 10.244.0.0/16 -j KUBE-MARK-MASQ',
  );
  expect(rule.matches).toEqual([
    { kind: 'comment', text: 'a/b cluster IP', quoting: 'save' },
    { kind: 'module', module: 'tcp' },
    { kind: 'protocol', protocol: 'tcp' },
    { kind: 'destination', address: '10.96.0.1' },
    { kind: 'destinationPort', port: '53' },
    { kind: 'source', address: '10.244.0.0/16', inverted: true },
  ]);
  expect(rule.target).toEqual({ kind: 'jump', chain: 'KUBE-MARK-MASQ' });
});

test('what has no kind of its own is kept word for word, with what its module has', () => {
  const { matches, target } = expectRule(
    '-A A -m limit --limit  5/min -m string --string "a \\"b" --algo bm -j LOG --log-prefix x',
  );
  expect(matches).toEqual([
    {
      kind: 'other',
      words: [{ text: '-m' }, { text: 'limit' }, { text: '--limit' }, { text: '5/min', gap: '  ' }],
    },
    {
      kind: 'other',
      words: [
        { text: '-m' },
        { text: 'string' },
        { text: '--string' },
        { text: 'a "b', spelling: '"a \\"b"' },
        { text: '--algo' },
        { text: 'bm' },
      ],
    },
  ]);
  expect(target).toEqual({
    kind: 'other',
    words: [{ text: '-j' }, { text: 'LOG' }, { text: '--log-prefix' }, { text: 'x' }],
  });
});

test('equal matches are one object', () => {
  const [table] = expectToPrintBack('*nat\n-A A -s 10.0.0.1\n-A B -s 10.0.0.1\nCOMMIT\n').items;
  const rules = table?.kind === 'table' ? table.items : [];
  const [first, second] = rules.map((rule) => (rule.kind === 'rule' ? rule.matches[0] : rule));
  expect(first).toBeDefined();
  expect(first).toBe(second);
});

test.for<readonly [line: string, reason: string]>([
  ['nonsense', 'it is no table, chain, rule or COMMIT'],
  ['COMMIT now', 'it is no table, chain, rule or COMMIT'],
  ['-A', 'a chain is missing'],
  ['-D INPUT 1', 'a rule begins with -A'],
  ['[1] -A INPUT', 'counters are [packets:bytes]'],
  ['[1:x] -A INPUT', 'counters are [packets:bytes]'],
  ['[1:2]', 'a rule begins with -A'],
  ['-A INPUT -j ACCEPT -j DROP', 'it has two targets'],
  ['-A INPUT -m comment --comment "cut', 'a quote is left open'],
  [':INPUT', 'a chain is declared as :CHAIN POLICY [packets:bytes]'],
  [': ACCEPT [0:0]', 'a chain is declared as :CHAIN POLICY [packets:bytes]'],
  [':INPUT ACCEPT [0:0] more', 'a chain is declared as :CHAIN POLICY [packets:bytes]'],
  [':INPUT ACCEPT 0:0', 'counters are [packets:bytes]'],
  ['*', 'a table begins with * and its name'],
])('%j is no line, and is left out', ([line, reason]) => {
  const text = `*filter\n${line}\n-A INPUT -j DROP\nCOMMIT\n`;
  const { document, diagnostics } = parseIptables(text, 'node.save');
  expect(diagnostics).toEqual([
    {
      code: 'DUMP_SYNTAX',
      severity: 'error',
      message: `${JSON.stringify(line)} is no line of iptables-save: ${reason}.`,
      objects: [],
      range: { source: 'node.save', start: 8, end: 8 + line.length },
    },
  ]);
  expect(printSaved(document)).toBe('*filter\n-A INPUT -j DROP\nCOMMIT\n');
});

test('a table without COMMIT was cut short, at the end or before the next', () => {
  const { document, diagnostics } = parseIptables('*nat\n*filter\n-A INPUT -j DR', 'cut');
  expect(diagnostics.map(({ code, message, range }) => ({ code, message, range }))).toEqual([
    {
      code: 'DUMP_TRUNCATED',
      message: 'Table "nat" has no COMMIT: the text was cut short.',
      range: { source: 'cut', start: 0, end: 4 },
    },
    {
      code: 'DUMP_TRUNCATED',
      message: 'Table "filter" has no COMMIT: the text was cut short.',
      range: { source: 'cut', start: 5, end: 12 },
    },
  ]);
  expect(printSaved(document)).toBe('*nat\n*filter\n-A INPUT -j DR');
});

test('a text that ends within a line was cut short, and nothing else is wrong', () => {
  const { document, diagnostics } = parseIptables('*nat\n-A A -m comment --comment "a b');
  expect(diagnostics.map(({ code }) => code)).toEqual(['DUMP_TRUNCATED']);
  expect(printSaved(document)).toBe('*nat');
});

test('a hundred bad lines are told one by one, the others counted', () => {
  const { diagnostics } = parseIptables(`*nat\n${'bad\n'.repeat(250)}COMMIT\n`);
  expect(diagnostics).toHaveLength(101);
  expect(diagnostics.at(-1)).toEqual({
    code: 'DUMP_SYNTAX',
    severity: 'error',
    message: '150 more problems of this kind are not shown.',
    objects: [],
  });
});

test.for<readonly [name: string, text: string, command: string]>([
  ['a listing', 'Chain INPUT (policy ACCEPT)\ntarget prot opt source', 'iptables-save -c'],
  [
    'a listing that begins with a prompt',
    '$ iptables -nL\n\nChain A (2 references)\n',
    'iptables-save -c',
  ],
  ['a listing of IPv6', 'Chain INPUT (policy ACCEPT)\nACCEPT all ::/0 ::/0', 'ip6tables-save -c'],
  ['iptables -S', '-P INPUT ACCEPT\n-A INPUT -j DROP\n', 'iptables-save -c'],
  ['ip6tables -S', '-P INPUT ACCEPT\n-A INPUT -s fd00::/8 -j DROP\n', 'ip6tables-save -c'],
  ['nft list ruleset', 'table ip nat {\n\tchain A {\n', 'iptables-save -c'],
])('%s is unsupported', ([, text, command]) => {
  const { document, diagnostics } = parseIptables(text);
  expect(document.items).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['DUMP_UNSUPPORTED']);
  expect(diagnostics[0]?.message).toContain(`"${command}"`);
});
