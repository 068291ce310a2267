import { usualName } from './option-name.ts';
import { only, readOptions, type Option } from './parse-match.ts';
import type { SavedTarget } from './saved-rule.ts';

/**
 * Reads a target with its options: a verdict, a jump or what kube-proxy uses. Undefined for one that has no
 * kind of its own, such as `-j LOG`.
 */
export function parseTarget(words: readonly string[]): SavedTarget | undefined {
  const [jump = '', name, ...rest] = words;
  if (name === undefined) return undefined;
  const options = readOptions(rest);
  if (usualName(jump) === '-g') {
    return options.length === 0 ? { kind: 'goto', chain: name } : undefined;
  }
  const parser = targets.get(name);
  if (parser) return parser(options);
  return options.length > 0 || extensions.has(name) ? undefined : { kind: 'jump', chain: name };
}

const markOptions = ['set-xmark', 'set-mark', 'and-mark', 'or-mark', 'xor-mark'] as const;

type TargetParser = (options: readonly Option[]) => SavedTarget | undefined;

const targets = new Map<string, TargetParser>([
  ['ACCEPT', (options) => (options.length === 0 ? { kind: 'ACCEPT' } : undefined)],
  ['DROP', (options) => (options.length === 0 ? { kind: 'DROP' } : undefined)],
  ['RETURN', (options) => (options.length === 0 ? { kind: 'RETURN' } : undefined)],
  ['REJECT', parseReject],
  ['MARK', parseMarkTarget],
  ['MASQUERADE', parseMasquerade],
  ['DNAT', parseDNAT],
  ['REDIRECT', parseRedirect],
]);

/** Targets that are modules of the kernel: no chain can have such a name. */
const extensions: ReadonlySet<string> = new Set(
  (
    'AUDIT CHECKSUM CLASSIFY CLUSTERIP CONNMARK CONNSECMARK CT DNPT DSCP ECN HL HMARK IDLETIMER LED ' +
    'LOG NETMAP NFLOG NFQUEUE NOTRACK QUEUE RATEEST SECMARK SET SNAT SNPT SYNPROXY TCPMSS ' +
    'TCPOPTSTRIP TEE TOS TPROXY TRACE TTL ULOG'
  ).split(' '),
);

function parseReject(options: readonly Option[]): SavedTarget | undefined {
  if (options.length === 0) return { kind: 'REJECT' };
  const answer = plain(only(options, '--reject-with'))?.values[0];
  return answer === undefined ? undefined : { kind: 'REJECT', with: answer };
}

function parseMarkTarget(options: readonly Option[]): SavedTarget | undefined {
  for (const option of markOptions) {
    const mark = plain(only(options, `--${option}`))?.values[0];
    if (mark !== undefined) return { kind: 'MARK', option, mark };
  }
  return undefined;
}

function parseMasquerade(options: readonly Option[]): SavedTarget | undefined {
  if (options.length === 0) return { kind: 'MASQUERADE', randomFully: false };
  const isRandom = plain(only(options, '--random-fully', 0));
  return isRandom && { kind: 'MASQUERADE', randomFully: true };
}

function parseDNAT(options: readonly Option[]): SavedTarget | undefined {
  const destination = plain(only(options, '--to-destination'))?.values[0];
  return destination === undefined ? undefined : { kind: 'DNAT', destination };
}

function parseRedirect(options: readonly Option[]): SavedTarget | undefined {
  const ports = plain(only(options, '--to-ports'))?.values[0];
  return ports === undefined ? undefined : { kind: 'REDIRECT', ports };
}

function plain(option: Option | undefined): Option | undefined {
  return option?.inverted ? undefined : option;
}
