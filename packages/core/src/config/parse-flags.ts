import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { joinHostPort } from '../netaddr/host-port.ts';
import { isIP } from '../netaddr/ip.ts';
import { quoteValue } from '../util/quote-value.ts';
import { suggest } from '../util/suggest.ts';
import type { ConfigurationLayer } from './configuration-layer.ts';
import { flagTable, otherFlags, type FlagTarget } from './flag-table.ts';
import { parseFlagValue } from './parse-flag-value.ts';

export interface ParsedFlags {
  /** What the flags set: the layer above all documents. */
  readonly layer: ConfigurationLayer;
  readonly diagnostics: readonly Diagnostic[];
}

interface Flag {
  readonly name: string;
  readonly value: string | undefined;
}

/** Old spellings of the two bind addresses: only a port, of which 0 switches the server off. */
const portFlags: Readonly<Record<string, { field: string; host: string }>> = {
  'healthz-port': { field: 'healthzBindAddress', host: '0.0.0.0' },
  'metrics-port': { field: 'metricsBindAddress', host: '127.0.0.1' },
};

const known: readonly string[] = [
  ...Object.keys(flagTable),
  ...Object.keys(otherFlags),
  ...Object.keys(portFlags),
];

/**
 * Turns kube-proxy's command-line arguments, as they stand in a DaemonSet, into a layer of its
 * configuration. As in kube-proxy, `--config` makes all others ignored but `--hostname-override`.
 */
export function parseKubeProxyFlags(args: readonly string[]): ParsedFlags {
  const { flags, diagnostics } = readFlags(args);
  const hasConfig = flags.some(({ name, value }) => name === 'config' && value !== '');
  const value: Record<string, unknown> = {};
  const setBy = new Map<string, string>();
  for (const flag of flags) {
    if (Object.hasOwn(otherFlags, flag.name)) continue;
    if (hasConfig && flag.name !== 'hostname-override') {
      diagnostics.push(
        flagDiagnostic('FLAG_IGNORED', flag, 'kube-proxy ignores it beside --config'),
      );
      continue;
    }
    const problem = applyFlag(value, setBy, flag);
    if (problem) diagnostics.push(problem);
  }
  const layer: ConfigurationLayer = {
    value,
    sourceOf: (path) => {
      const names = [path.slice(0, 1), path.slice(0, 2)].map((part) => setBy.get(part.join('.')));
      return { kind: 'flag', flag: names.find((name) => name !== undefined) ?? String(path[0]) };
    },
  };
  return { layer, diagnostics };
}

/** The path of the program itself, as `command` in a DaemonSet begins. */
function isCommand(arg: string): boolean {
  return /^(?:[^-].*\/|\/)?kube-proxy$/.test(arg);
}

function readFlags(args: readonly string[]): { flags: Flag[]; diagnostics: Diagnostic[] } {
  const flags: Flag[] = [];
  const diagnostics: Diagnostic[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (isCommand(arg)) continue;
    const match = /^--?([^=]+)(?:=(.*))?$/s.exec(arg);
    const name = match?.[1]?.replaceAll('_', '-') ?? '';
    if (!match || !known.includes(name)) {
      diagnostics.push(unknownFlag(arg, name));
      continue;
    }
    const takesNext = match[2] === undefined && !isSwitch(name);
    flags.push({ name, value: takesNext ? args[++index] : match[2] });
  }
  return { flags, diagnostics };
}

function isSwitch(name: string): boolean {
  return flagTable[name]?.kind === 'flag' || otherFlags[name] === 'flag';
}

function unknownFlag(arg: string, name: string): Diagnostic {
  const near = suggest(name, known);
  const hint = near === undefined ? '.' : `; did you mean --${near}?`;
  return createDiagnostic('FLAG_UNKNOWN', {
    message: `kube-proxy has no flag ${quoteValue(arg)}${hint}`,
  });
}

function flagDiagnostic(code: DiagnosticCode, { name }: Flag, problem: string): Diagnostic {
  return createDiagnostic(code, { message: `--${name}: ${problem}.` });
}

function applyFlag(
  config: Record<string, unknown>,
  setBy: Map<string, string>,
  flag: Flag,
): Diagnostic | undefined {
  const port = portFlags[flag.name];
  const target: FlagTarget | undefined = port
    ? { kind: 'integer', path: [port.field] }
    : flagTable[flag.name];
  if (!target) return undefined;
  if (flag.value?.includes('$(')) {
    return flagDiagnostic(
      'FLAG_IGNORED',
      flag,
      `${quoteValue(flag.value)} is filled in on the node, and not known here`,
    );
  }
  const parsed = parseFlagValue(target.kind, flag.value);
  if (parsed === undefined) {
    return flagDiagnostic(
      'FLAG_INVALID',
      flag,
      `${quoteValue(flag.value ?? '')} is no ${target.kind}`,
    );
  }
  const value = addressOf(parsed, { host: port?.host, port: target.defaultPort });
  setAt(config, target.path, value);
  setBy.set(target.path.join('.'), flag.name);
  return undefined;
}

/** Completes the address of a server: an old flag gives its port only, a new one may leave the port out. */
function addressOf(
  value: unknown,
  { host, port }: { host: string | undefined; port: number | undefined },
): unknown {
  if (host !== undefined && typeof value === 'number') {
    return value === 0 ? '' : joinHostPort(host, value);
  }
  return port !== undefined && isIP(String(value)) ? joinHostPort(String(value), port) : value;
}

function setAt(
  config: Record<string, unknown>,
  [first = '', second]: readonly string[],
  value: unknown,
): void {
  if (second === undefined) config[first] = value;
  else config[first] = { ...Object(config[first]), [second]: value };
}
