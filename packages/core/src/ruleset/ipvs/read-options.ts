/** The options of ipvsadm's commands about servers, by their short names. */
export type OptionName =
  | '-t'
  | '-u'
  | '--sctp-service'
  | '-f'
  | '-6'
  | '-s'
  | '-p'
  | '-M'
  | '--pe'
  | '-o'
  | '-b'
  | '-r'
  | '-g'
  | '-i'
  | '-m'
  | '-w'
  | '-x'
  | '-y'
  | '--tun-type'
  | '--tun-port'
  | '--tun-nocsum'
  | '--tun-csum'
  | '--tun-remcsum';

type Argument = 'none' | 'optional' | 'needed';

const argumentOf: Readonly<Record<OptionName, Argument>> = {
  '-t': 'needed',
  '-u': 'needed',
  '--sctp-service': 'needed',
  '-f': 'needed',
  '-6': 'none',
  '-s': 'needed',
  '-p': 'optional',
  '-M': 'needed',
  '--pe': 'needed',
  '-o': 'none',
  '-b': 'needed',
  '-r': 'needed',
  '-g': 'none',
  '-i': 'none',
  '-m': 'none',
  '-w': 'needed',
  '-x': 'needed',
  '-y': 'needed',
  '--tun-type': 'needed',
  '--tun-port': 'needed',
  '--tun-nocsum': 'none',
  '--tun-csum': 'none',
  '--tun-remcsum': 'none',
};

const longNames: ReadonlyMap<string, OptionName> = new Map([
  ['--tcp-service', '-t'],
  ['--udp-service', '-u'],
  ['--fwmark-service', '-f'],
  ['--ipv6', '-6'],
  ['--scheduler', '-s'],
  ['--persistent', '-p'],
  ['--netmask', '-M'],
  ['--ops', '-o'],
  ['--sched-flags', '-b'],
  ['--real-server', '-r'],
  ['--gatewaying', '-g'],
  ['--ipip', '-i'],
  ['--masquerading', '-m'],
  ['--weight', '-w'],
  ['--u-threshold', '-x'],
  ['--l-threshold', '-y'],
]);

/** The values of the options in `words`, `''` for those without; `undefined` if a word is none or an option comes twice. */
export function readOptions(words: readonly string[]): ReadonlyMap<OptionName, string> | undefined {
  const options = new Map<OptionName, string>();
  for (let index = 0; index < words.length; index++) {
    const name = nameOf(words[index] ?? '');
    if (name === undefined || options.has(name)) return undefined;
    const value = words[index + 1];
    if (!takesValue(argumentOf[name], value)) {
      if (argumentOf[name] === 'needed') return undefined;
      options.set(name, '');
      continue;
    }
    options.set(name, value ?? '');
    index++;
  }
  return options;
}

function nameOf(word: string): OptionName | undefined {
  const long = longNames.get(word);
  if (long !== undefined) return long;
  return isOptionName(word) ? word : undefined;
}

function isOptionName(word: string): word is OptionName {
  return Object.hasOwn(argumentOf, word);
}

function takesValue(argument: Argument, value: string | undefined): boolean {
  if (value === undefined || argument === 'none') return false;
  return argument === 'needed' || !value.startsWith('-');
}
