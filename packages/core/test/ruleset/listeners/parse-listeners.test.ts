import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Listener } from '../../../src/ruleset/listeners/index.ts';
import { parseListeners } from '../../../src/ruleset/listeners/parse-listeners.ts';
import { printListeners } from '../../../src/ruleset/listeners/print-listeners.ts';

const web: Listener = {
  servicePort: 'prod/web:http',
  protocol: 'tcp',
  address: '0.0.0.0',
  port: 36_123,
  endpoints: ['10.244.1.5:8080', '10.244.2.6:8080'],
  affinityTimeout: 10_800,
  claims: ['0.0.0.0:30080', '192.0.2.11:80'],
};

const line =
  '{"servicePort":"prod/web:http","protocol":"tcp","address":"0.0.0.0","port":36123,' +
  '"endpoints":["10.244.1.5:8080","10.244.2.6:8080"],"affinityTimeout":10800,' +
  '"claims":["0.0.0.0:30080","192.0.2.11:80"]}';

test('a listener is a JSON object on a line, with its place', () => {
  const dns: Listener = {
    servicePort: 'kube-system/dns',
    protocol: 'udp',
    address: '::',
    port: 1,
    endpoints: ['[fd00::5]:53'],
  };
  const text = `${line}\n\n{"servicePort":"kube-system/dns","protocol":"udp","address":"::","port":1,"endpoints":["[fd00::5]:53"]}\n`;
  expect(printListeners([web, dns])).toBe(text.replace('\n\n', '\n'));
  expect(parseListeners(text)).toEqual({
    listeners: [
      { listener: web, offset: 0 },
      { listener: dns, offset: line.length + 2 },
    ],
    diagnostics: [],
  });
});

test('a field that is not known is passed over', () => {
  const { listeners, diagnostics } = parseListeners(`${line.replace('}', ',"more":1}')}\n`);
  expect({ listeners, diagnostics }).toEqual({
    listeners: [{ listener: web, offset: 0 }],
    diagnostics: [],
  });
});

test.for<readonly [field: string, value: unknown, wanted: string]>([
  ['servicePort', 'web', 'a text such as prod/web:http'],
  ['servicePort', 'prod/web:http\n', 'a text such as prod/web:http'],
  ['servicePort', 7, 'a text such as prod/web:http'],
  ['protocol', 'sctp', 'tcp or udp'],
  ['address', 'localhost', 'an IP address'],
  ['address', undefined, 'an IP address'],
  ['port', 0, 'a port number'],
  ['port', 65_536, 'a port number'],
  ['port', '80', 'a port number'],
  ['port', 1.5, 'a port number'],
  ['endpoints', '10.0.0.1:80', 'a list of addresses with ports'],
  ['endpoints', ['10.0.0.1'], 'a list of addresses with ports'],
  ['endpoints', ['fd00::1:80'], 'a list of addresses with ports'],
  ['endpoints', ['[10.0.0.1]:80'], 'a list of addresses with ports'],
  ['endpoints', ['10.0.0.1:0'], 'a list of addresses with ports'],
  ['endpoints', [80], 'a list of addresses with ports'],
  ['affinityTimeout', 0, 'a number of seconds, 1 to 86400'],
  ['claims', null, 'a list of addresses with ports'],
])('%s must not be %j', ([field, value, wanted]) => {
  const bad = JSON.stringify({ ...web, [field]: value });
  const { listeners, diagnostics } = parseListeners(`${bad}\n${line}\n`, 'ipv4.listeners');
  expect(listeners).toEqual([{ listener: web, offset: bad.length + 1 }]);
  expect(diagnostics).toMatchObject([
    { code: 'DUMP_SYNTAX', range: { source: 'ipv4.listeners', start: 0, end: bad.length } },
  ]);
  expect(diagnostics[0]?.message).toMatch(` is no listener: ${field} must be ${wanted}.`);
});

test.for(['[]', 'null', '{', 'web', '"a"'])('%s is no listener', (text) => {
  expect(parseListeners(`${text}\n${line}\n`)).toMatchObject({
    listeners: [{ offset: text.length + 1 }],
    diagnostics: [{ code: 'DUMP_SYNTAX', message: `${JSON.stringify(text)} is no listener.` }],
  });
});

test('a text that was cut within a line says so', () => {
  expect(parseListeners(line.slice(0, 40)).diagnostics).toMatchObject([{ code: 'DUMP_TRUNCATED' }]);
});

const address = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 })).map(([ip, port]) => `${ip}:${port}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 1, max: 65_535 })).map(([ip, port]) => `[${ip}]:${port}`),
);

const arbitraryListener: fc.Arbitrary<Listener> = fc
  .record({
    servicePort: fc.constantFrom('a/b', 'prod/web:http', '0/1:2-3'),
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    address: fc.oneof(fc.ipV4(), fc.ipV6()),
    port: fc.integer({ min: 1, max: 65_535 }),
    endpoints: fc.array(address),
    affinityTimeout: fc.option(fc.integer({ min: 1, max: 86_400 }), { nil: undefined }),
    claims: fc.option(fc.array(address, { minLength: 1 }), { nil: undefined }),
  })
  .map(({ affinityTimeout, claims, ...rest }) => ({
    ...rest,
    ...(affinityTimeout !== undefined && { affinityTimeout }),
    ...(claims !== undefined && { claims }),
  }));

test('what is printed reads as what it was', () => {
  fc.assert(
    fc.property(fc.array(arbitraryListener), (listeners) => {
      const text = printListeners(listeners);
      const read = parseListeners(text);
      expect(read.diagnostics).toEqual([]);
      expect(read.listeners.map(({ listener }) => listener)).toEqual(listeners);
      expect(printListeners(read.listeners.map(({ listener }) => listener))).toBe(text);
    }),
  );
});

test('any text is read without an exception', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(parseListeners(text).listeners).toEqual([]);
    }),
  );
});
