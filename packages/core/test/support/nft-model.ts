/**
 * A small model of nft: it carries out scripts, each whole or not at all, and refuses what nft and
 * kernels before 6.2 refuse. It knows texts only, nothing of the code that made them.
 */
export interface NftModel {
  /** @throws {Error} for a command that nft would refuse; then nothing has changed. */
  readonly run: (script: string) => void;
  /** All objects by name, chains with their rules in order, sets and maps with their elements sorted. */
  readonly list: () => Readonly<Record<string, Listing>>;
}

interface Listing {
  readonly chains: Readonly<Record<string, readonly string[]>>;
  readonly containers: Readonly<Record<string, readonly string[]>>;
}

interface ChainState {
  readonly properties: string;
  readonly rules: readonly string[];
}

interface ContainerState {
  readonly properties: string;
  readonly isInterval: boolean;
  /** Text of the element by its key. */
  readonly elements: Map<string, string>;
}

interface TableState {
  readonly chains: Map<string, ChainState>;
  readonly containers: Map<string, ContainerState>;
}

type Tables = Map<string, TableState>;

interface Command {
  readonly table: TableState;
  readonly object: string;
  readonly name: string;
  /** What comes after the name. */
  readonly rest: string;
  /** The chains that something led to before the transaction. */
  readonly ledTo: ReadonlySet<string>;
}

export function createNftModel(): NftModel {
  let tables: Tables = new Map();
  return {
    run: (script) => {
      const next = copyTables(tables);
      const ledTo = new Map([...tables].map(([place, table]) => [place, chainsLedTo(table)]));
      for (const command of splitCommands(script)) runCommand(next, command, ledTo);
      tables = next;
    },
    list: () => Object.fromEntries([...tables].map(([key, table]) => [key, list(table)])),
  };
}

const copyContainer = (container: ContainerState): ContainerState => ({
  ...container,
  elements: new Map(container.elements),
});

function copyTables(tables: Tables): Tables {
  const copies = [...tables].map(([place, { chains, containers }]) => {
    const copied = [...containers].map(([name, one]) => [name, copyContainer(one)] as const);
    return [place, { chains: new Map(chains), containers: new Map(copied) }] as const;
  });
  return new Map(copies);
}

function list({ chains, containers }: TableState): Listing {
  return {
    chains: Object.fromEntries(
      [...chains].map(([name, { properties, rules }]) => [name, [properties, ...rules]]),
    ),
    containers: Object.fromEntries(
      [...containers].map(([name, { properties, elements }]) => [
        name,
        [properties, ...[...elements.values()].toSorted()],
      ]),
    ),
  };
}

/** One command a line; elements may take several lines, up to the closing brace. */
function splitCommands(script: string): string[] {
  if (script === '') return [];
  if (!script.endsWith('\n')) throw new Error('the last line has no end');
  const commands: string[] = [];
  let open = '';
  for (const line of script.slice(0, -1).split('\n')) {
    const text = open === '' ? line : `${open} ${line}`;
    if (text.endsWith('{') || (open !== '' && line !== '}')) open = text;
    else {
      commands.push(text);
      open = '';
    }
  }
  if (open !== '') throw new Error(`not closed: ${open}`);
  return commands;
}

const usage =
  /^(?<verb>add|delete|flush) (?<object>table|chain|set|map|rule|element) (?<place>ip6? \S+)(?: (?<name>[^\s{]\S*))?(?: (?<rest>.+))?$/;

function runCommand(
  tables: Tables,
  text: string,
  ledTo: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  const groups = usage.exec(text)?.groups;
  if (!groups) throw new Error(`no command: ${text}`);
  const word = (of: string): string => groups[of] ?? '';
  const [verb, object, place] = [word('verb'), word('object'), word('place')];
  const [name, rest] = [word('name'), word('rest')];
  try {
    if (object === 'table') return runTableCommand(tables, verb, place);
    const table = need(tables.get(place), `table ${place}`);
    need(
      runners[`${verb} ${object}`],
      'such a command',
    )({
      table,
      object,
      name,
      rest,
      ledTo: ledTo.get(place) ?? new Set(),
    });
  } catch (error) {
    throw new Error(`${text.slice(0, 300)}: ${(error as Error).message}`, { cause: error });
  }
}

function runTableCommand(tables: Tables, verb: string, place: string): void {
  if (verb === 'delete') {
    need(tables.get(place), 'the table');
    tables.delete(place);
  } else if (!tables.has(place)) tables.set(place, { chains: new Map(), containers: new Map() });
}

const runners: Readonly<Record<string, (command: Command) => void>> = {
  'add chain': addChain,
  'flush chain': ({ table, name }) => {
    const chain = need(table.chains.get(name), 'the chain');
    table.chains.set(name, { ...chain, rules: [] });
  },
  'delete chain': deleteChain,
  'add rule': addRule,
  'add set': addContainer,
  'add map': addContainer,
  'delete set': deleteContainer,
  'delete map': deleteContainer,
  'add element': addElements,
  'delete element': deleteElements,
};

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not there`);
  return value;
}

function addChain({ table, name, rest }: Command): void {
  const present = table.chains.get(name);
  if (present && present.properties !== rest) throw new Error('it is there with other properties');
  if (!present) table.chains.set(name, { properties: rest, rules: [] });
}

function deleteChain({ table, name, ledTo }: Command): void {
  if (need(table.chains.get(name), 'the chain').rules.length > 0) throw new Error('it has rules');
  if (ledTo.has(name)) throw new Error('something led to it before the transaction');
  if (chainsLedTo(table).has(name)) throw new Error('something leads to it');
  table.chains.delete(name);
}

function addRule({ table, name, rest }: Command): void {
  const chain = need(table.chains.get(name), 'the chain');
  for (const target of chainsIn(rest)) need(table.chains.get(target), `chain ${target}`);
  for (const set of containersIn(rest)) need(table.containers.get(set), `set ${set}`);
  table.chains.set(name, { ...chain, rules: [...chain.rules, rest] });
}

function addContainer({ table, object, name, rest }: Command): void {
  const properties = `${object} ${rest}`;
  const present = table.containers.get(name);
  if (present && present.properties !== properties) throw new Error('it is there as another one');
  const isInterval = rest.includes(' flags interval ');
  if (!present) table.containers.set(name, { properties, isInterval, elements: new Map() });
}

function deleteContainer({ table, object, name }: Command): void {
  const { properties } = need(table.containers.get(name), `the ${object}`);
  if (!properties.startsWith(`${object} `)) throw new Error(`it is no ${object}`);
  const rules = [...table.chains.values()].flatMap((chain) => chain.rules);
  if (rules.some((rule) => containersIn(rule).includes(name))) throw new Error('a rule names it');
  table.containers.delete(name);
}

function addElements({ table, name, rest }: Command): void {
  const { elements, isInterval } = need(table.containers.get(name), 'the set or map');
  for (const text of splitElements(rest)) {
    const key = keyOf(text);
    const present = elements.get(key);
    if (present !== undefined && present !== text) throw new Error(`it has ${present}`);
    if (isInterval) refuseOverlap(key, [...elements.keys()]);
    for (const chain of chainsIn(text)) need(table.chains.get(chain), `chain ${chain}`);
    elements.set(key, text);
  }
}

function deleteElements({ table, name, rest }: Command): void {
  const { elements } = need(table.containers.get(name), 'the set or map');
  for (const key of splitElements(rest).map(keyOf)) {
    need(elements.get(key), `element ${key}`);
    elements.delete(key);
  }
}

function splitElements(block: string): string[] {
  const inner = /^\{ (.*?),? \}$/.exec(block)?.[1] ?? /^\{ (.*?),?\}$/.exec(block)?.[1];
  return need(inner, 'a block of elements').split(/, ?/);
}

/** To nft, an address and the network of that address alone are the same. */
function keyOf(element: string): string {
  const key = element.split(/ (?:comment|:) /, 1)[0] ?? '';
  return key.replace(/(?<=:[^ ]*)\/128$|(?<=(?:^| )[\d.]+)\/32$/, '');
}

/** A range may not lie in another, nor around it. */
function refuseOverlap(key: string, keys: readonly string[]): void {
  const [start, range] = splitRange(key);
  for (const other of keys) {
    const [otherStart, otherRange] = splitRange(other);
    if (start !== otherStart || other === key) continue;
    const length = Math.min(range.length, otherRange.length);
    if (range.slice(0, length) === otherRange.slice(0, length))
      throw new Error(`overlaps ${other}`);
  }
}

/** What comes before the last part, and the bits of the prefix in that part. */
function splitRange(key: string): [start: string, bits: string] {
  const at = key.lastIndexOf(' . ');
  const [address = '', length = ''] = key.slice(at + 3).split('/');
  return [key.slice(0, at), bitsOf(address).slice(0, length === '' ? undefined : Number(length))];
}

function groupsOf(part: string): string[] {
  return part.split(':').filter((group) => group !== '');
}

function bitsOf(address: string): string {
  if (!address.includes(':')) {
    return address
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('');
  }
  const [head = '', tail = ''] = address.split('::');
  const missing = 8 - groupsOf(head).length - groupsOf(tail).length;
  return [...groupsOf(head), ...Array.from({ length: missing }, () => '0'), ...groupsOf(tail)]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
    .join('');
}

function withoutComments(text: string): string {
  return text.replaceAll(/"[^"]*"/g, '""');
}

function chainsIn(text: string): string[] {
  return Array.from(
    withoutComments(text).matchAll(/(?:goto|jump) (\S+)/g),
    ([, name = '']) => name,
  );
}

function containersIn(text: string): string[] {
  return Array.from(withoutComments(text).matchAll(/@(\S+)/g), ([, name = '']) => name);
}

/** The chains that rules and elements lead to. */
function chainsLedTo({ chains, containers }: TableState): ReadonlySet<string> {
  const rules = [...chains.values()].flatMap((chain) => chain.rules);
  const elements = [...containers.values()].flatMap((container) => [
    ...container.elements.values(),
  ]);
  return new Set([...rules, ...elements].flatMap(chainsIn));
}
