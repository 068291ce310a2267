/** What a word that is an option means for the words after it. */
export type OptionRole =
  /** `-m`: names a module, whose options follow. */
  | 'module'
  /** `-j` and `-g`. */
  | 'target'
  /** `-s`, `-d`, `-i`, `-o`, `-p` and other options of every rule. */
  | 'basic'
  /** Takes the next word even if that looks like an option. */
  | 'text'
  /** `--dport` and other options of a protocol, whatever module stands before. */
  | 'ofProtocol'
  /** An option of a module or a target. */
  | 'option'
  /** `!` */
  | 'not'
  /** No option at all. */
  | 'word';

const longNames = new Map<string, string>([
  ['--match', '-m'],
  ['--jump', '-j'],
  ['--goto', '-g'],
  ['--source', '-s'],
  ['--src', '-s'],
  ['--destination', '-d'],
  ['--dst', '-d'],
  ['--in-interface', '-i'],
  ['--out-interface', '-o'],
  ['--protocol', '-p'],
  ['--proto', '-p'],
  ['--fragment', '-f'],
  ['--source-port', '--sport'],
  ['--destination-port', '--dport'],
]);

const roles = new Map<string, OptionRole>([
  ['-m', 'module'],
  ['-j', 'target'],
  ['-g', 'target'],
  ['--comment', 'text'],
  ['--sport', 'ofProtocol'],
  ['--dport', 'ofProtocol'],
  ['--tcp-flags', 'ofProtocol'],
  ['--syn', 'ofProtocol'],
  ['--tcp-option', 'ofProtocol'],
  ['--chunk-types', 'ofProtocol'],
  ['!', 'not'],
]);

/** An option's short name, or the one that iptables-save prints. */
export function usualName(option: string): string {
  return longNames.get(option) ?? option;
}

export function roleOf(word: string): OptionRole {
  const name = longNames.get(word) ?? word;
  const role = roles.get(name);
  if (role) return role;
  if (!name.startsWith('-') || name === '-') return 'word';
  return name.startsWith('--') ? 'option' : 'basic';
}
