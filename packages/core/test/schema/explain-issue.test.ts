import { expect, test } from 'vitest';
import { z } from 'zod';
import { explainIssue, type ExplainedIssue } from '../../src/schema/explain-issue.ts';
import { ipField, portNumberField } from '../../src/schema/field.ts';

function explain(schema: z.ZodType, input: unknown): ExplainedIssue[] {
  const issues = schema.safeParse(input).error?.issues ?? [];
  return issues.map((issue) => explainIssue(issue, input, 1));
}

test.for<[z.ZodType, unknown, string]>([
  [z.string(), 1, '1 is not a string'],
  [z.number(), '1', '"1" is not a number'],
  [z.number(), Number.NaN, 'NaN is not a number'],
  [z.boolean(), {}, 'A mapping is not a boolean'],
  [z.object({}), [1], 'A list is not an object'],
  [z.array(z.string()), 'x\u001b', '"x\\u001b" is not an array'],
  [z.int(), 1.5, '1.5 is not an int'],
  [z.int(), 1e20, '100000000000000000000 is not an int'],
])('case %#: says what the value is, and what it is not: %s', ([schema, input, message]) => {
  expect(explain(schema, input)).toEqual([{ code: 'TYPE_INVALID', path: [], levels: 0, message }]);
});

test('says that a field is missing', () => {
  expect(explain(z.object({ name: z.string() }), {})).toEqual([
    { code: 'FIELD_MISSING', path: ['name'], levels: 1, message: 'The field is missing' },
  ]);
});

test("passes on what a field's own check says", () => {
  expect(
    explain(z.object({ port: portNumberField, ips: z.array(ipField) }), { port: 0, ips: ['x'] }),
  ).toEqual([
    {
      code: 'PORT_NUMBER_INVALID',
      path: ['port'],
      levels: 1,
      message: '0 is no port number (1 to 65535)',
    },
    { code: 'IP_INVALID', path: ['ips', 0], levels: 0, message: '"x" is no IP address' },
  ]);
});

test('leaves out with a field of the wrong type as many levels as asked for, but none with an element', () => {
  const schema = z.object({ a: z.string(), list: z.array(z.string()) });
  const input = { a: 1, list: [2] };
  const issues = schema.safeParse(input).error?.issues ?? [];
  const levels = [0, 1].map((wanted) =>
    issues.map((issue) => explainIssue(issue, input, wanted).levels),
  );
  expect(levels).toEqual([
    [0, 0],
    [1, 0],
  ]);
});
