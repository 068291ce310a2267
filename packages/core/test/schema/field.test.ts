import { expect, test } from 'vitest';
import type { z } from 'zod';
import {
  booleanField,
  cidrField,
  dnsLabelField,
  dnsSubdomainField,
  ipField,
  oneOf,
  optionalIPField,
  optionalPortNumberField,
  portNameField,
  portNumberField,
} from '../../src/schema/field.ts';
import { explainIssue, type ExplainedIssue } from '../../src/schema/explain-issue.ts';

function problemOf(schema: z.ZodType, input: unknown): ExplainedIssue | undefined {
  const issue = schema.safeParse(input).error?.issues[0];
  return issue && explainIssue(issue, input, 1);
}

const label63 = 'a'.repeat(63);
const label64 = 'a'.repeat(64);
const subdomain253 = `${`${'a'.repeat(49)}.`.repeat(5)}abc`;
const mode = oneOf(['Cluster', 'Local']);

test.for<[string, z.ZodType, unknown[]]>([
  ['a DNS label', dnsLabelField, ['a', '0', 'a-b', 'a--b', '1-2', label63]],
  ['a DNS subdomain', dnsSubdomainField, ['a', 'a.b', 'node-1.example.com', '0.0', subdomain253]],
  ['a port name', portNameField, ['', 'http', label63]],
  ['an IP address', ipField, ['10.0.0.1', '010.0.0.1', 'fd00::1', '::ffff:1.2.3.4']],
  ['an IP address or none', optionalIPField, ['', '10.0.0.1']],
  ['a CIDR', cidrField, ['10.0.0.0/8', ' 10.0.0.0/8\n', 'fd00::/64', '10.1.2.3/8']],
  ['a port number', portNumberField, [1, 80, 65_535]],
  ['a port number or none', optionalPortNumberField, [0, 1, 65_535]],
  ['a boolean', booleanField(2), [true, false]],
  ['one of a list of words', mode, ['Cluster', 'Local']],
])('takes what is %s', ([, schema, inputs]) => {
  for (const input of inputs) expect(problemOf(schema, input)).toBeUndefined();
});

test.for<[string, z.ZodType, unknown[], string, number]>([
  [
    'a DNS label',
    dnsLabelField,
    ['', 'A', 'a_b', 'a.b', '-a', 'a-', 'a b', 'é', 'a\n', label64, '__proto__'],
    'NAME_INVALID',
    1,
  ],
  [
    'a DNS subdomain',
    dnsSubdomainField,
    ['', '.', 'a.', '.a', 'a..b', 'A.b', 'a.-b', 'a_b', `${subdomain253}d`],
    'NAME_INVALID',
    0,
  ],
  ['a port name', portNameField, ['Http', 'a.b', label64, ' '], 'NAME_INVALID', 1],
  ['an IP address', ipField, ['', 'x', '1.2.3.256', '10.0.0.1/32', ' 10.0.0.1'], 'IP_INVALID', 0],
  ['an IP address or none', optionalIPField, ['None', 'x'], 'IP_INVALID', 1],
  ['a CIDR', cidrField, ['', ' ', '10.0.0.1', '10.0.0.0/33'], 'CIDR_INVALID', 0],
  ['a port number', portNumberField, [0, -1, 65_536, 1.5, 1e30], 'PORT_NUMBER_INVALID', 1],
  ['a port number or none', optionalPortNumberField, [-1, 65_536, 0.5], 'PORT_NUMBER_INVALID', 1],
  ['a boolean', booleanField(2), ['true', 1, {}], 'TYPE_INVALID', 2],
  ['one of a list of words', mode, ['local', '', 'x'], 'VALUE_UNKNOWN', 1],
  [
    'one of a list, with own words',
    oneOf(['a'], { code: 'PROTOCOL_UNKNOWN', levels: 3 }),
    ['b'],
    'PROTOCOL_UNKNOWN',
    3,
  ],
])('refuses what is not %s', ([, schema, inputs, code, levels]) => {
  for (const input of inputs) expect(problemOf(schema, input)).toMatchObject({ code, levels });
});

test.for<[z.ZodType, unknown, string]>([
  [dnsLabelField, 'Web', '"Web" is no DNS label'],
  [dnsSubdomainField, 'a_b', '"a_b" is no DNS subdomain'],
  [ipField, '1.2.3', '"1.2.3" is no IP address'],
  [cidrField, '10.0.0.0', '"10.0.0.0" is no CIDR'],
  [portNumberField, 70_000, '70000 is no port number (1 to 65535)'],
  [mode, 'local', '"local" is not known (did you mean "Local"?)'],
  [mode, 'Somewhere', '"Somewhere" is none of Cluster, Local'],
])('case %#: quotes the value', ([schema, input, message]) => {
  expect(problemOf(schema, input)?.message).toBe(message);
});

test('a name that takes long to match takes no long time', () => {
  const before = performance.now();
  problemOf(dnsSubdomainField, `${'a-'.repeat(100_000)}!`);
  problemOf(dnsLabelField, `${'a'.repeat(100_000)}!`);
  expect(performance.now() - before).toBeLessThan(1000);
});
