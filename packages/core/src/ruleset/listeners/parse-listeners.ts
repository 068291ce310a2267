import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { DumpProblems } from '../../diagnostics/dump-problems.ts';
import { isIP } from '../../netaddr/ip.ts';
import { quoteValue } from '../../util/quote-value.ts';
import { splitLines } from '../../util/split-lines.ts';
import type { Listener, ListenerLine } from './ast.ts';

export interface ParsedListeners {
  readonly listeners: readonly ListenerLine[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a `.listeners` file. Never throws: a line that is no listener has a diagnostic that names the
 * wrong field, and is left out; blank lines and fields that are not known are passed over.
 *
 * @param source The text's name in diagnostics, such as its file's.
 */
export function parseListeners(text: string, source = 'listeners'): ParsedListeners {
  const problems = new DumpProblems(text, source);
  const listeners = splitLines(text).flatMap((line): ListenerLine[] => {
    if (line.text.trim() === '') return [];
    const fields = readFields(line.text);
    if (fields && isListener(fields)) return [{ listener: listenerOf(fields), offset: line.start }];
    if (fields) problems.syntax(line, describeProblem(line.text, fields));
    else problems.unreadable(line, 'listener');
    return [];
  });
  return { listeners, diagnostics: problems.diagnostics() };
}

type Fields = Readonly<Record<string, unknown>>;

function listenerOf(fields: Listener): Listener {
  const { servicePort, protocol, address, port, endpoints, affinityTimeout, claims } = fields;
  return {
    servicePort,
    protocol,
    address,
    port,
    endpoints,
    ...(affinityTimeout !== undefined && { affinityTimeout }),
    ...(claims !== undefined && { claims }),
  };
}

function readFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Check = (value: unknown) => boolean;

const isNumberTo =
  (most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

const isPort = isNumberTo(65_535);

const checks: readonly (readonly [name: keyof Listener, isRight: Check, wanted: string])[] = [
  ['servicePort', isServicePort, 'a text such as prod/web:http'],
  ['protocol', (value) => value === 'tcp' || value === 'udp', 'tcp or udp'],
  ['address', (value) => typeof value === 'string' && isIP(value), 'an IP address'],
  ['port', isPort, 'a port number'],
  ['endpoints', isListOfAddresses, 'a list of addresses with ports'],
  ['affinityTimeout', orAbsent(isNumberTo(86_400)), 'a number of seconds, 1 to 86400'],
  ['claims', orAbsent(isListOfAddresses), 'a list of addresses with ports'],
];

function isListener(fields: Fields): fields is Fields & Listener {
  return checks.every(([name, isRight]) => isRight(fields[name]));
}

function describeProblem(text: string, fields: Fields): string {
  const [name = '', , wanted = ''] =
    checks.find(([field, isRight]) => !isRight(fields[field])) ?? [];
  return `${quoteValue(text.trim())} is no listener: ${name} must be ${wanted}.`;
}

function orAbsent(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function isServicePort(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}(?::[a-z0-9-]{1,63})?$/.test(value)
  );
}

function isListOfAddresses(value: unknown): boolean {
  return Array.isArray(value) && value.every(isAddressWithPort);
}

function isAddressWithPort(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [, bracketed, bare, port] =
    /^(?:\[([^\]]*:[^\]]*)\]|([^:[\]]*)):(\d{1,5})$/.exec(value) ?? [];
  return isIP(bracketed ?? bare ?? '') && isPort(Number(port));
}
