import { expect, test } from 'vitest';
import { parseNftables, printNftables } from '../../../../src/ruleset/nftables/index.ts';
import type { SavedItem, SavedText } from '../../../../src/ruleset/nftables/parse/saved.ts';

/** The document of a text that prints as it was, and what is wrong with it. */
function reprint(text: string): {
  readonly document: SavedText;
  readonly problems: readonly (readonly [code: string, place: string])[];
} {
  const { document, diagnostics } = parseNftables(text, 'dump');
  if (document.format === 'json' || document.format === 'unknown') throw new Error(document.format);
  expect(printNftables(document)).toBe(text);
  return {
    document,
    problems: diagnostics.map(({ code, range }) => [
      code,
      range ? text.slice(range.start, range.end) : '',
    ]),
  };
}

function itemsOf(text: string): readonly SavedItem[] {
  const { document, problems } = reprint(text);
  expect(problems).toEqual([]);
  return document.items;
}

test('a listing is tables with their properties, sets, maps, chains and rules', () => {
  const text = `table ip t { # handle 1
	comment "a; b"
	set s {
		type ipv4_addr
		flags interval,timeout
		elements = { 10.0.0.1 timeout 5s expires 4s comment "x",
			     10.0.0.2 counter packets 1 bytes 2 }
	}

	chain c { # handle 2
		type nat hook prerouting priority dstnat; policy accept;
		ip saddr @s  goto d comment "why" # handle 3
	}
}
`;
  expect(itemsOf(text)).toEqual([
    {
      kind: 'table',
      family: 'ip',
      name: 't',
      offset: 0,
      handle: '1',
      block: {
        closed: true,
        items: [
          {
            kind: 'property',
            name: 'comment',
            words: [{ text: '"a; b"' }],
            offset: text.indexOf('comment'),
          },
          {
            kind: 'set',
            name: 's',
            offset: text.indexOf('set s'),
            block: {
              closed: true,
              items: [
                {
                  kind: 'property',
                  name: 'type',
                  words: [{ text: 'ipv4_addr' }],
                  offset: text.indexOf('type'),
                },
                {
                  kind: 'property',
                  name: 'flags',
                  words: [
                    { text: 'interval' },
                    { text: ',', gap: '' },
                    { text: 'timeout', gap: '' },
                  ],
                  offset: text.indexOf('flags'),
                },
                {
                  kind: 'elements',
                  offset: text.indexOf('elements'),
                  block: {
                    closed: true,
                    items: [
                      {
                        kind: 'element',
                        key: ['10.0.0.1'],
                        options: [
                          { kind: 'timeout', duration: '5s' },
                          { kind: 'expires', duration: '4s' },
                          { kind: 'comment', text: '"x"' },
                        ],
                        offset: text.indexOf('10.0.0.1'),
                      },
                      {
                        kind: 'element',
                        key: ['10.0.0.2'],
                        options: [{ kind: 'counter', count: { packets: '1', bytes: '2' } }],
                        offset: text.indexOf('10.0.0.2'),
                        before: '\n\t\t\t     ',
                      },
                    ],
                  },
                },
              ],
            },
          },
          {
            kind: 'chain',
            name: 'c',
            offset: text.indexOf('chain c'),
            handle: '2',
            before: '\n\n\t',
            block: {
              closed: true,
              items: [
                {
                  kind: 'property',
                  name: 'type',
                  words: ['nat', 'hook', 'prerouting', 'priority', 'dstnat'].map((word) => ({
                    text: word,
                  })),
                  offset: text.indexOf('type nat'),
                  end: ';',
                },
                {
                  kind: 'property',
                  name: 'policy',
                  words: [{ text: 'accept' }],
                  offset: text.indexOf('policy'),
                  before: ' ',
                  end: ';',
                },
                {
                  kind: 'rule',
                  statements: [
                    {
                      kind: 'match',
                      left: { kind: 'payload', protocol: 'ip', field: 'saddr' },
                      right: { kind: 'set', name: 's' },
                    },
                    { kind: 'verdict', verdict: { kind: 'goto', chain: 'd' }, gap: '  ' },
                  ],
                  comment: '"why"',
                  offset: text.indexOf('ip saddr'),
                  handle: '3',
                },
              ],
            },
          },
        ],
      },
    },
  ]);
});

test('a script is commands', () => {
  const text = `flush ruleset; add table ip t
insert rule t c index 1 tcp  dport { 80,443 } accept
delete element inet t s {
1.2.3.4 . 80,
}
`;
  expect(reprint(text).document).toEqual({
    format: 'script',
    items: [
      { kind: 'removal', verb: 'flush', object: 'ruleset', offset: 0, end: ';' },
      { kind: 'table', verb: 'add', family: 'ip', name: 't', offset: 15, before: ' ' },
      {
        kind: 'rule',
        command: {
          verb: 'insert',
          place: { table: 't' },
          chain: 'c',
          position: { kind: 'index', number: '1' },
        },
        statements: [
          {
            kind: 'match',
            left: { kind: 'payload', protocol: 'tcp', field: 'dport' },
            right: { kind: 'anonymousSet', values: ['80', '443'] },
            layout: ['  ', ' ', ' ', '', '', ' '],
          },
          { kind: 'verdict', verdict: { kind: 'accept' } },
        ],
        offset: 30,
      },
      {
        kind: 'elements',
        command: { verb: 'delete', place: { family: 'inet', table: 't' }, name: 's' },
        block: {
          items: [
            {
              kind: 'element',
              key: ['1.2.3.4', '80'],
              offset: text.indexOf('1.2.3.4'),
              before: '\n',
            },
          ],
          close: '\n',
          closed: true,
        },
        finalComma: true,
        offset: text.indexOf('delete'),
      },
    ],
  });
});

test('what has no kind is kept word for word', () => {
  const text = `include "x"
define y = { a, b }
add flowtable ip t f { hook ingress priority 0; devices = { lo }; }
table inet t {
	flowtable f {
		devices = { lo }
	}

	chain c {
		log prefix "x # y" drop
	}
}
`;
  const items = itemsOf(text);
  expect(items.map(({ kind }) => kind)).toEqual(['other', 'other', 'other', 'table']);
  const inner = items[3]?.kind === 'table' ? items[3].block?.items : undefined;
  expect(inner?.[0]).toEqual({
    kind: 'other',
    words: [
      { text: 'flowtable' },
      { text: 'f' },
      { text: '{' },
      { text: 'devices', gap: '\n\t\t' },
      { text: '=' },
      { text: '{' },
      { text: 'lo' },
      { text: '}' },
      { text: '}', gap: '\n\t' },
    ],
    offset: text.indexOf('flowtable f'),
  });
  const chain = inner?.[1]?.kind === 'chain' ? inner[1].block?.items[0] : undefined;
  expect(chain?.kind === 'rule' && chain.statements).toEqual([
    { kind: 'other', words: [{ text: 'log' }, { text: 'prefix' }, { text: '"x # y"' }] },
    { kind: 'verdict', verdict: { kind: 'drop' } },
  ]);
});

test.for<[string, string]>([
  ['nothing at all', ''],
  ['line ends alone', '\n\n'],
  ['comments', '# a\n  # b # c\n'],
  ['no line end', 'table ip t {\n}'],
  ['a line that goes on', 'add rule t c ip saddr \\\n  1.2.3.4 \\\n  drop\n'],
  ['lines of Windows', 'table ip t {\r\n\tchain c {\r\n\t\tdrop\r\n\t}\r\n}\r\n'],
  ['comments in braces', 'add element t s { # one\n 1.2.3.4, # two\n 1.2.3.5 }\n'],
  ['braces without blanks', 'table ip t{chain c{drop;accept}}\n'],
  ['a comment without words', 'add rule t c comment "x"\n'],
  ['a comment after blanks', 'add  rule t  c  drop  comment\t"x"\n'],
  ['all removals', 'flush ruleset ip\ndelete table t\nflush chain ip t c\ndestroy map t m\n'],
  ['removals by handle', 'delete table ip handle 5\ndelete rule t c handle 5\n'],
  ['commands that only ask', 'list ruleset\nmonitor\n'],
])('%s', ([, text]) => {
  expect(reprint(text).problems).toEqual([]);
});

test.for<[string, readonly (readonly [code: string, place: string])[]]>([
  ['nonsense\n', [['DUMP_SYNTAX', 'nonsense']]],
  ['}\n', [['DUMP_SYNTAX', '}']]],
  ['table ip t {\n\tnonsense\n}\n', [['DUMP_SYNTAX', 'nonsense']]],
  ['table ip t {\n', [['DUMP_TRUNCATED', '{']]],
  [
    'table ip t {\n\tset s {\n\t\telements = { a,',
    [
      ['DUMP_TRUNCATED', '{'],
      ['DUMP_TRUNCATED', '{'],
      ['DUMP_TRUNCATED', '{'],
    ],
  ],
  ['add element t s { a\n', [['DUMP_TRUNCATED', '{']]],
  ['add rule t c ip saddr { a\n', [['DUMP_TRUNCATED', '{']]],
  ['table ip t {\nchain a {\nchain b {\n}\n}\n', [['DUMP_SYNTAX', '{']]],
  ['table ip t {\ntable ip6 t {\n}\n', [['DUMP_SYNTAX', '{']]],
  [
    'nonsense\nadd table t\nmore nonsense\n',
    [
      ['DUMP_SYNTAX', 'nonsense'],
      ['DUMP_SYNTAX', 'more nonsense'],
    ],
  ],
])('%j is reported, and the rest is read', ([text, problems]) => {
  expect(reprint(text).problems).toEqual(problems);
});

test.for<[string, string]>([
  ['# Generated by iptables-save v1.8.9\n*nat\n', '# Generated by iptables-save v1.8.9'],
  ['*nat\n:PREROUTING ACCEPT [0:0]\n', '*nat'],
  ['-A INPUT -j DROP\n', '-A INPUT -j DROP'],
  ['Chain INPUT (policy ACCEPT)\n', 'Chain INPUT (policy ACCEPT)'],
  ['create x hash:ip family inet\n', 'create x hash:ip family inet'],
  ['Name: x\n', 'Name: x'],
  ['IP Virtual Server version 1.2.1\n', 'IP Virtual Server version 1.2.1'],
  ['\n <ipsets>\n', '<ipsets>'],
  ['apiVersion: v1\n', 'apiVersion: v1'],
])('%j is of another program', ([text, line]) => {
  const { document, diagnostics } = parseNftables(text, 'dump');
  expect(document).toEqual({ format: 'unknown', text });
  expect(printNftables(document)).toBe(text);
  expect(diagnostics.map(({ code }) => code)).toEqual(['DUMP_UNSUPPORTED']);
  const [{ message, range } = { message: '' }] = diagnostics;
  expect(message).toMatch(/^This is .*; "nft list ruleset" prints what can be read\.$/);
  expect(text.slice(range?.start, range?.end)).toBe(line);
});

test('JSON is kept as the objects of its list', () => {
  const text = '{"nftables": [{"metainfo": {"version": "1.0.6"}}]}';
  const { document, diagnostics } = parseNftables(text);
  expect(diagnostics).toEqual([]);
  expect(document).toEqual({ format: 'json', objects: [{ metainfo: { version: '1.0.6' } }] });
  expect(JSON.parse(printNftables(document))).toEqual(JSON.parse(text));
});

test.for<[string, string]>([
  ['{"nftables": [', 'DUMP_TRUNCATED'],
  ['{"nftables": [}', 'DUMP_SYNTAX'],
  ['{"items": []}', 'DUMP_UNSUPPORTED'],
  [`{"nftables": ${'['.repeat(200)}${']'.repeat(200)}}`, 'DUMP_SYNTAX'],
])('%j is reported', ([text, code]) => {
  const { document, diagnostics } = parseNftables(text);
  expect(document).toEqual({ format: 'json', objects: [] });
  expect(diagnostics.map((one) => one.code)).toEqual([code]);
});
