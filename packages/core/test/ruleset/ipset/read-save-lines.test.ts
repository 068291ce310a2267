import { expect, test } from 'vitest';
import { DumpProblems } from '../../../src/diagnostics/dump-problems.ts';
import { readSaveLines } from '../../../src/ruleset/ipset/read-save-lines.ts';
import { splitLines } from '../../../src/util/split-lines.ts';

function read(text: string): { lines: unknown; problems: string[] } {
  const problems = new DumpProblems(text, 'a');
  const lines = readSaveLines(splitLines(text), problems);
  return {
    lines,
    problems: problems.diagnostics().map(({ code, message }) => `${code} ${message}`),
  };
}

test('reads sets and entries with their options word for word', () => {
  const text = `create KUBE hash:ip family inet timeout 0 comment
add KUBE 10.0.0.1 timeout 30 comment "a b"
# a word of mine

create -exist x:y list:set -exist
add -exist x:y KUBE
`;
  expect(read(text)).toEqual({
    lines: [
      {
        kind: 'create',
        offset: 0,
        flags: [],
        name: 'KUBE',
        type: 'hash:ip',
        options: ['family', 'inet', 'timeout', '0', 'comment'],
      },
      {
        kind: 'add',
        offset: 50,
        flags: [],
        name: 'KUBE',
        entry: { kind: 'hash:ip', ip: '10.0.0.1' },
        options: ['timeout', '30', 'comment', '"a b"'],
      },
      { kind: 'comment', offset: 93, text: '# a word of mine' },
      { kind: 'blank', offset: 110, text: '' },
      {
        kind: 'create',
        offset: 111,
        flags: ['-exist'],
        name: 'x:y',
        type: 'list:set',
        options: ['-exist'],
      },
      {
        kind: 'add',
        offset: 145,
        flags: ['-exist'],
        name: 'x:y',
        entry: { kind: 'other', text: 'KUBE' },
        options: [],
      },
    ],
    problems: [],
  });
});

test.for([
  ['swap a b\n', 'DUMP_SYNTAX "swap a b" is no line of `ipset save`.'],
  ['create\n', 'DUMP_SYNTAX "create" is no line of `ipset save`.'],
  ['create a\n', 'DUMP_SYNTAX "create a" is no line of `ipset save`.'],
  ['create a b\n', 'DUMP_SYNTAX "create a b" is no line of `ipset save`.'],
  ['add -exist\n', 'DUMP_SYNTAX "add -exist" is no line of `ipset save`.'],
  ['add a 1\n', 'DUMP_SYNTAX No line before this makes the set "a".'],
  ['create a hash:ip\ncreate a hash:ip\n', 'DUMP_SYNTAX The set "a" is made a second time.'],
  [
    'create a hash:ip\nadd a 5.xx.xx.xxx\n',
    'DUMP_SYNTAX "add a 5.xx.xx.xxx" is no entry of a set of type hash:ip.',
  ],
  [
    'create a hash:ip\nadd a 10.0',
    'DUMP_TRUNCATED The text ends within a line: "add a 10.0" is no entry of a set of type hash:ip.',
  ],
] as const)('says what is wrong with %j', ([text, problem]) => {
  expect(read(text).problems).toEqual([problem]);
});
