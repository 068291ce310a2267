import { usualName } from './option-name.ts';
import type { SavedMatch } from './saved-rule.ts';

/** One option with its values, or one without. */
export interface Option {
  readonly name: string;
  readonly values: readonly string[];
  readonly inverted: boolean;
}

type Not = { readonly inverted?: true };

/** A protocol whose ports are options of a module of its name. */
export function isProtocolModule(name: string): boolean {
  return protocolModules.has(name);
}

const protocolModules: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'dccp', 'udplite']);

/**
 * Reads one match: a module with its options, or an option by itself, `!` before it included. Undefined
 * for one that has no kind of its own.
 */
export function parseMatch(words: readonly string[]): SavedMatch | undefined {
  const [first = '', module = ''] = words;
  if (usualName(first) !== '-m') return parseOption(words);
  if (words.length === 2) return { kind: 'module', module };
  const parser = modules.get(module);
  return parser?.(readOptions(words.slice(2)));
}

/** Splits words into options: `!` and a name that begins with a dash, and the words after it. */
export function readOptions(words: readonly string[]): Option[] {
  const options: Option[] = [];
  let at = 0;
  while (at < words.length) {
    const inverted = words[at] === '!';
    if (inverted) at++;
    const name = usualName(words[at] ?? '');
    // Its value may look like an option.
    const stop = name === '--comment' ? at + 2 : endOfValues(words, at + 1);
    options.push({ name, values: words.slice(at + 1, stop), inverted });
    at = stop;
  }
  return options;
}

function endOfValues(words: readonly string[], start: number): number {
  let at = start;
  while (at < words.length && words[at] !== '!' && !words[at]?.startsWith('-')) at++;
  return at;
}

function parseOption(words: readonly string[]): SavedMatch | undefined {
  const [option, ...rest] = readOptions(words);
  if (!option || rest.length > 0 || option.values.length !== 1) return undefined;
  const value = option.values[0] ?? '';
  return basics.get(option.name)?.(value, not(option));
}

const basics = new Map<string, (value: string, inverted: Not) => SavedMatch>([
  ['-p', (protocol, inverted) => ({ kind: 'protocol', protocol, ...inverted })],
  ['-s', (address, inverted) => ({ kind: 'source', address, ...inverted })],
  ['-d', (address, inverted) => ({ kind: 'destination', address, ...inverted })],
  ['-i', (name, inverted) => ({ kind: 'inInterface', name, ...inverted })],
  ['-o', (name, inverted) => ({ kind: 'outInterface', name, ...inverted })],
  ['--sport', (port, inverted) => ({ kind: 'sourcePort', port, ...inverted })],
  ['--dport', (port, inverted) => ({ kind: 'destinationPort', port, ...inverted })],
]);

type ModuleParser = (options: readonly Option[]) => SavedMatch | undefined;

const modules = new Map<string, ModuleParser>([
  ['comment', parseComment],
  ['conntrack', parseConntrack],
  ['mark', parseMark],
  ['addrtype', parseAddrtype],
  ['set', parseSet],
  ['ipvs', parseIpvs],
  ['physdev', parsePhysdev],
  ['statistic', parseStatistic],
  ['recent', parseRecent],
  ['nfacct', parseNfacct],
]);

function parseComment(options: readonly Option[]): SavedMatch | undefined {
  const option = only(options, '--comment');
  const text = option?.values[0];
  if (text === undefined || option?.inverted) return undefined;
  return { kind: 'comment', text, quoting: 'save' };
}

function parseConntrack(options: readonly Option[]): SavedMatch | undefined {
  const option = only(options, '--ctstate');
  const states = option?.values[0];
  if (!option || states === undefined) return undefined;
  return { kind: 'conntrack', states: states.split(','), ...not(option) };
}

function parseMark(options: readonly Option[]): SavedMatch | undefined {
  const option = only(options, '--mark');
  const mark = option?.values[0];
  return option && mark !== undefined ? { kind: 'mark', mark, ...not(option) } : undefined;
}

function parseAddrtype(options: readonly Option[]): SavedMatch | undefined {
  const option = only(options, '--src-type') ?? only(options, '--dst-type');
  const types = option?.values[0];
  if (!option || types === undefined) return undefined;
  const side = option.name === '--src-type' ? 'source' : 'destination';
  return { kind: 'addrtype', side, types: types.split(','), ...not(option) };
}

function parseSet(options: readonly Option[]): SavedMatch | undefined {
  const option = only(options, '--match-set', 2);
  const [name, fields] = option?.values ?? [];
  if (!option || name === undefined || fields === undefined) return undefined;
  return { kind: 'set', name, fields: fields.split(','), ...not(option) };
}

function parseIpvs(options: readonly Option[]): SavedMatch | undefined {
  const values = valuesByName(options, ['--vaddr', '--vproto', '--vport']);
  const [address, protocol, port] = ['--vaddr', '--vproto', '--vport'].map((name) =>
    values?.get(name),
  );
  if (address === undefined || protocol === undefined || port === undefined) return undefined;
  return { kind: 'ipvs', address, protocol, port };
}

function parsePhysdev(options: readonly Option[]): SavedMatch | undefined {
  const option = only(options, '--physdev-is-in', 0);
  return option && { kind: 'physdevIsIn', ...not(option) };
}

function parseStatistic(options: readonly Option[]): SavedMatch | undefined {
  const mode = options.find(({ name }) => name === '--mode');
  const option = options.find(({ name }) => name === '--probability');
  const probability = option?.values[0];
  if (options.length !== 2 || mode?.inverted || mode?.values.join(' ') !== 'random') return;
  if (!option || probability === undefined || option.values.length !== 1) return undefined;
  return { kind: 'statistic', probability, ...not(option) };
}

const recentOptions = ['--name', '--set', '--rcheck', '--seconds', '--reap', '--mask'];

function parseRecent(options: readonly Option[]): SavedMatch | undefined {
  const values = valuesByName(options, [...recentOptions, '--rsource', '--rdest']);
  if (!values) return undefined;
  const name = values.get('--name') ?? 'DEFAULT';
  const mask = values.get('--mask');
  const list = { name, ...(mask !== undefined && { mask }), ...sideOf(values) };
  const seconds = values.get('--seconds');
  const reap = values.has('--reap');
  if (values.has('--set') === values.has('--rcheck')) return undefined;
  if (values.has('--set')) {
    return seconds === undefined && !reap ? { kind: 'recentSet', ...list } : undefined;
  }
  return seconds === undefined ? undefined : { kind: 'recentCheck', seconds, reap, ...list };
}

function sideOf(values: ReadonlyMap<string, string>): { readonly side?: 'rsource' | 'rdest' } {
  if (values.has('--rdest')) return { side: 'rdest' };
  return values.has('--rsource') ? { side: 'rsource' } : {};
}

function parseNfacct(options: readonly Option[]): SavedMatch | undefined {
  const option = only(options, '--nfacct-name');
  const name = option?.values[0];
  return name === undefined || option?.inverted ? undefined : { kind: 'nfacct', name };
}

/** The option, if it is the only one and has as many values as told. */
export function only(options: readonly Option[], name: string, values = 1): Option | undefined {
  const [option] = options;
  const fits = options.length === 1 && option?.name === name && option.values.length === values;
  return fits ? option : undefined;
}

/** The values of options by name, an empty text for one without; undefined if one is not known, or inverted, or there twice. */
function valuesByName(
  options: readonly Option[],
  known: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>();
  for (const {
    name,
    values: [value = '', ...more],
    inverted,
  } of options) {
    if (inverted || more.length > 0 || values.has(name) || !known.includes(name)) return undefined;
    values.set(name, value);
  }
  return values;
}

function not({ inverted }: Option): Not {
  return inverted ? { inverted: true } : {};
}
