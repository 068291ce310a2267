import { expect, test } from 'vitest';
import { DumpProblems } from '../../../src/diagnostics/dump-problems.ts';
import { readListLines } from '../../../src/ruleset/ipset/read-list-lines.ts';
import { splitLines } from '../../../src/util/split-lines.ts';

function read(text: string): { lines: unknown; problems: string[] } {
  const problems = new DumpProblems(text, 'a');
  const lines = readListLines(splitLines(text), problems);
  return {
    lines,
    problems: problems.diagnostics().map(({ code, message }) => `${code} ${message}`),
  };
}

const header = 'Name: a\nType: hash:ip\nRevision: 4\nHeader: family inet maxelem 9\n';
const numbers = 'Size in memory: 200\nReferences: 1\nNumber of entries: 2\n';

test('reads fields and members', () => {
  const text = 'Name: a\nType: hash:ip\nHeader: family inet\nMembers:\n10.0.0.1 timeout 3\n';
  expect(read(text)).toEqual({
    lines: [
      { kind: 'field', offset: 0, field: 'Name', words: ['a'] },
      { kind: 'field', offset: 8, field: 'Type', words: ['hash:ip'] },
      { kind: 'field', offset: 22, field: 'Header', words: ['family', 'inet'] },
      { kind: 'field', offset: 42, field: 'Members', words: [] },
      {
        kind: 'member',
        offset: 51,
        entry: { kind: 'hash:ip', ip: '10.0.0.1' },
        options: ['timeout', '3'],
      },
    ],
    problems: [],
  });
});

test.for<[string, string, string[]]>([
  ['whole', `${header}${numbers}Members:\n1.1.1.1\n1.1.1.2\n`, []],
  [
    'an entry too few',
    `${header}${numbers}Members:\n1.1.1.1\n`,
    ['DUMP_TRUNCATED The set "a" has 1 of its 2 entries.'],
  ],
  [
    'an entry gone by its timeout',
    `${header.replace('maxelem 9', 'timeout 9')}${numbers}Members:\n1.1.1.1\n`,
    [],
  ],
  [
    'an entry that somebody wrote over',
    `${header}${numbers}Members:\n1.1.1.1\n5.xx.xx.xxx <-- external IP\n`,
    ['DUMP_SYNTAX "5.xx.xx.xxx <-- external IP" is no entry of a set of type hash:ip.'],
  ],
  [
    'an entry that somebody wrote beside',
    `${header}${numbers}Members:\n1.1.1.1\n1.1.1.2 <-- mine\n`,
    ['DUMP_SYNTAX "1.1.1.2 <-- mine" is no entry of a set of type hash:ip.'],
  ],
  [
    'no entries',
    `${header}${numbers}\n${header.replace(': a', ': b')}`,
    [
      'DUMP_UNSUPPORTED `ipset list -terse` prints sets without entries; `ipset save` prints what can be read.',
    ],
  ],
  ['cut in the header', header, ['DUMP_TRUNCATED The set "a" ends before its entries.']],
  ['cut behind the name', 'Name: a\n', ['DUMP_TRUNCATED The set "a" has no type or no header.']],
  [
    'cut within a field',
    'Name: a\nTyp',
    [
      'DUMP_TRUNCATED The text ends within a line: "Typ" is no line of `ipset list`.',
      'DUMP_TRUNCATED The set "a" has no type or no header.',
    ],
  ],
  [
    'no set around a field',
    'Type: hash:ip\nName:\n',
    [
      'DUMP_SYNTAX "Type: hash:ip" is no line of `ipset list`.',
      'DUMP_SYNTAX "Name:" is no line of `ipset list`.',
    ],
  ],
  [
    'a field twice',
    `${header}Revision: 4\nMembers:\n`,
    ['DUMP_SYNTAX "Revision: 4" is no line of `ipset list`.'],
  ],
])('%s', ([, text, problems]) => {
  expect(read(text).problems).toEqual(problems);
});
