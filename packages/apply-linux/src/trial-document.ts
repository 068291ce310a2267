/** What one table of an input of iptables-restore adds. */
export interface TrialTable {
  readonly name: string;
  readonly rules: readonly string[];
}

/** The rules that an input adds, by table. What it deletes is not there where it is tried. */
export function addedRules(input: string): TrialTable[] {
  return input.split(/^COMMIT\n/m).flatMap((text) => {
    const [, name] = /^\*(\w+)$/m.exec(text) ?? [];
    const rules = text.split('\n').filter((line) => /^-[AI] /.test(line));
    return name === undefined || rules.length === 0 ? [] : [{ name, rules }];
  });
}

const builtIn = /^(?:PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/;

/** An input that stands alone: chains of the node to which its rules lead are empty ones. */
export function printTrial(tables: readonly TrialTable[]): string {
  const texts = tables.map(({ name, rules }) => {
    const named = rules.flatMap((rule) => [...rule.matchAll(/(?:^-[AI]| -[jg]) (\S+)/g)]);
    const chains = new Set(named.map(([, chain = '']) => chain).filter(isChain));
    const declarations = [...chains].map((chain) => `:${chain} - [0:0]`);
    return [`*${name}`, ...declarations, ...rules, 'COMMIT', ''].join('\n');
  });
  return texts.join('');
}

/** Targets that are no chains are in capitals, without a hyphen. */
function isChain(name: string): boolean {
  return !builtIn.test(name) && !/^[A-Z0-9]+$/.test(name);
}
