/**
 * A small model of iptables in one family: `iptables-restore --noflush` and `iptables-save`, by texts
 * only. It refuses what the tool and the kernel refuse.
 */
export interface IptablesModel {
  /**
   * Carries out a document, whole tables at a time; of a table with a refused line nothing stays.
   *
   * @throws {Error} with the refused line.
   */
  readonly restore: (input: string) => void;
  readonly save: () => string;
  /** Whether some rule matches this set. */
  readonly namesSet: (set: string) => boolean;
}

/** Asked for each set that a rule matches. */
type HasSet = (name: string) => boolean;

type Table = Map<string, readonly string[]>;

const builtIns: Readonly<Record<string, readonly string[]>> = {
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

/** Targets that are no chains. */
const targets =
  /^(?:ACCEPT|DROP|RETURN|REJECT|DNAT|SNAT|MASQUERADE|MARK|LOG|REDIRECT|TCPMSS|NFLOG)$/;

export function createIptablesModel(hasSet: HasSet): IptablesModel {
  const tables = new Map<string, Table>();
  return {
    restore: (input) => {
      for (const { name, lines } of splitTables(input)) {
        const table = new Map(tables.get(name) ?? emptyTable(name));
        for (const line of lines) runLine(table, line, hasSet);
        tables.set(name, table);
      }
    },
    save: () => [...tables].map(([name, table]) => saveTable(name, table)).join(''),
    namesSet: (set) =>
      [...tables.values()].some((table) =>
        [...table.values()].flat().some((rule) => setsIn(rule).includes(set)),
      ),
  };
}

function emptyTable(name: string): Table {
  const chains = builtIns[name];
  if (!chains) throw new Error(`no table ${name}`);
  return new Map(chains.map((chain) => [chain, []]));
}

function splitTables(input: string): { readonly name: string; readonly lines: string[] }[] {
  if (!input.endsWith('COMMIT\n')) throw new Error('the document has no end');
  return input
    .slice(0, -'COMMIT\n'.length)
    .split('COMMIT\n')
    .map((text) => {
      const [head = '', ...lines] = text.split('\n').filter((line) => !/^(?:#.*)?$/.test(line));
      if (!/^\*\w+$/.test(head)) throw new Error(`no table begins with ${head}`);
      return { name: head.slice(1), lines };
    });
}

function saveTable(name: string, table: Table): string {
  const isBuiltIn = (chain: string): boolean => builtIns[name]?.includes(chain) ?? false;
  const chains = [...table.keys()].toSorted(
    (a, b) => Number(isBuiltIn(b)) - Number(isBuiltIn(a)) || (a < b ? -1 : 1),
  );
  const lines = [
    `*${name}`,
    ...chains.map((chain) => `:${chain} ${isBuiltIn(chain) ? 'ACCEPT' : '-'} [0:0]`),
    ...chains.flatMap((chain) => (table.get(chain) ?? []).map((rule) => `-A ${chain} ${rule}`)),
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}

const usage = /^(?:\[\d+:\d+\] )?(?<verb>:|-[AIDX] )(?<chain>\S+)(?: (?<rule>.+))?$/;

function runLine(table: Table, line: string, hasSet: HasSet): void {
  const { verb = '', chain = '', rule = '' } = usage.exec(line)?.groups ?? {};
  try {
    runCommand(table, { verb, chain, rule }, hasSet);
  } catch (error) {
    throw new Error(`${line}: ${(error as Error).message}`, { cause: error });
  }
}

type Command = Readonly<Record<'verb' | 'chain' | 'rule', string>>;

function runCommand(table: Table, { verb, chain, rule }: Command, hasSet: HasSet): void {
  if (verb === '') throw new Error('no command');
  if (verb === ':') return void table.set(chain, isOwnPolicy(rule) ? [] : keep(table, chain));
  const rules = keep(table, chain);
  if (verb === '-X ') return deleteChain(table, chain);
  if (verb === '-D ') return void table.set(chain, without(rules, rule));
  checkNames(table, rule, hasSet);
  table.set(chain, verb === '-I ' ? [rule, ...rules] : [...rules, rule]);
}

/** Declaring a chain of users empties it; a built-in one keeps its rules here, and only its policy changes. */
function isOwnPolicy(rule: string): boolean {
  return rule.startsWith('-');
}

function keep(table: Table, chain: string): readonly string[] {
  const rules = table.get(chain);
  if (!rules) throw new Error('the chain is not there');
  return rules;
}

function without(rules: readonly string[], rule: string): string[] {
  const at = rules.indexOf(rule);
  if (at < 0) throw new Error('the rule is not there');
  return rules.filter((_, index) => index !== at);
}

function deleteChain(table: Table, chain: string): void {
  if (keep(table, chain).length > 0) throw new Error('the chain is not empty');
  if ([...table.values()].flat().some((rule) => jumpsIn(rule).includes(chain)))
    throw new Error('the chain is in use');
  table.delete(chain);
}

function checkNames(table: Table, rule: string, hasSet: HasSet): void {
  for (const chain of jumpsIn(rule)) {
    if (!targets.test(chain) && !table.has(chain)) throw new Error(`no chain ${chain}`);
  }
  for (const set of setsIn(rule)) if (!hasSet(set)) throw new Error(`no set ${set}`);
}

function withoutComments(rule: string): string {
  return rule.replaceAll(/--comment (?:"(?:[^"\\]|\\.)*"|\S+)/g, '');
}

function jumpsIn(rule: string): string[] {
  return [...` ${withoutComments(rule)}`.matchAll(/ -[jg] (\S+)/g)].map(([, name = '']) => name);
}

function setsIn(rule: string): string[] {
  return [...rule.matchAll(/--match-set (\S+)/g)].map(([, name = '']) => name);
}
