import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { limitDiagnostics } from '../../diagnostics/limit-diagnostics.ts';
import type { Family } from '../../netaddr/family.ts';
import { familyOfBytes, parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { printPath, type Path } from '../../util/print-path.ts';
import { quoteValue } from '../../util/quote-value.ts';
import type { InterfaceAddress, InterfaceAddresses } from './ast.ts';

export interface ParsedIPAddr {
  readonly interfaces: readonly InterfaceAddresses[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads what `ip -json addr` prints: interfaces and their addresses, in its order. Never throws: what
 * cannot be read is left out and has a diagnostic.
 *
 * @param source The text's name in diagnostics, such as its file's.
 */
export function parseIPAddr(text: string, source = 'ip-addr.json'): ParsedIPAddr {
  const problems: Diagnostic[] = [];
  const range = { source, start: 0, end: text.length };
  const report: Report = (code, message) =>
    problems.push(createDiagnostic(code, { message, range }));
  const list = readJSON(text, report);
  const interfaces = list.flatMap((one, index) => readInterface(one, [index], report) ?? []);
  return { interfaces, diagnostics: limitDiagnostics(problems) };
}

type Report = (code: DiagnosticCode, message: string) => void;

const advice = '`ip -json addr` prints what can be read';

/** Where nothing is to be shown, ip prints nothing. */
function readJSON(text: string, report: Report): readonly unknown[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (!trimmed.startsWith('[')) {
    report('DUMP_UNSUPPORTED', `This is no list in JSON; ${advice}.`);
    return [];
  }
  try {
    const value: unknown = JSON.parse(trimmed);
    return Array.isArray(value) ? value : [];
  } catch {
    if (trimmed.endsWith(']')) report('DUMP_SYNTAX', 'This list is no JSON.');
    else report('DUMP_TRUNCATED', 'The text ends within its JSON.');
    return [];
  }
}

/** `ip` prints an empty object for an interface that a filter leaves out. */
function readInterface(value: unknown, path: Path, report: Report): InterfaceAddresses | undefined {
  if (!isObject(value)) return refuse(value, path, report);
  if (Object.keys(value).length === 0) return undefined;
  const { ifname, addr_info: addresses = [] } = value;
  if (typeof ifname !== 'string') return refuse(ifname, [...path, 'ifname'], report);
  if (!Array.isArray(addresses)) return refuse(addresses, [...path, 'addr_info'], report);
  const read = addresses.flatMap(
    (one: unknown, index) => readAddress(one, [...path, 'addr_info', index], report) ?? [],
  );
  return { name: ifname, addresses: read };
}

function readAddress(value: unknown, path: Path, report: Report): InterfaceAddress | undefined {
  if (!isObject(value)) return refuse(value, path, report);
  if (Object.keys(value).length === 0) return undefined;
  const { local, prefixlen } = value;
  const bytes = typeof local === 'string' ? parseIP(local) : undefined;
  if (!bytes) return refuse(local, [...path, 'local'], report);
  const family = readFamily(value['family']);
  if (family !== familyOfBytes(bytes)) return refuse(value['family'], [...path, 'family'], report);
  if (!isPrefixLength(prefixlen, bytes.length))
    return refuse(prefixlen, [...path, 'prefixlen'], report);
  return { family, address: printIP(bytes), prefixLength: prefixlen };
}

function readFamily(value: unknown): Family | undefined {
  if (value === 'inet') return 'IPv4';
  return value === 'inet6' ? 'IPv6' : undefined;
}

function isPrefixLength(value: unknown, bytes: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= bytes * 8;
}

function refuse(value: unknown, path: Path, report: Report): undefined {
  const found = value === undefined ? 'is missing' : `is ${describe(value)}`;
  report('DUMP_SYNTAX', `${printPath(path)} ${found}, which \`ip -json addr\` does not print.`);
}

function describe(value: unknown): string {
  return typeof value === 'object' ? 'of another shape' : quoteValue(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
