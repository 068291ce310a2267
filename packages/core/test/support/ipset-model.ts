/** A small model of ipset: `ipset restore` and `ipset save`, by texts only. */
export interface IPSetModel {
  /**
   * Carries out lines one after the other.
   *
   * @throws {Error} for the first that ipset would refuse; those before it stay.
   */
  readonly restore: (input: string) => void;
  readonly save: () => string;
  readonly has: (name: string) => boolean;
}

interface SetState {
  readonly declaration: string;
  readonly entries: ReadonlySet<string>;
}

type Sets = Map<string, SetState>;

export function createIPSetModel(isUsed: (name: string) => boolean): IPSetModel {
  const sets: Sets = new Map();
  return {
    restore: (input) => {
      if (!input.endsWith('\n')) throw new Error('the last line has no end');
      for (const line of input.slice(0, -1).split('\n')) runLine(sets, line, isUsed);
    },
    save: () =>
      [...sets]
        .flatMap(([name, { declaration, entries }]) => [
          `create ${name} ${declaration}\n`,
          ...[...entries].toSorted().map((entry) => `add ${name} ${entry}\n`),
        ])
        .join(''),
    has: (name) => sets.has(name),
  };
}

function runLine(sets: Sets, line: string, isUsed: (name: string) => boolean): void {
  const [verb = '', name = '', ...words] = line.split(' ');
  const rest = words.join(' ');
  const set = sets.get(name);
  const because = (why: string | undefined): void => {
    if (why !== undefined) throw new Error(`${line}: ${why}`);
  };
  if (verb === 'create') {
    because(set && 'a set of that name is there');
    because(name.length > 31 || rest === '' ? 'no such set can be made' : undefined);
    sets.set(name, { declaration: rest, entries: new Set() });
  } else if (!set) because('no such set');
  else if (verb === 'swap') because(swap(sets, name, rest));
  else if (verb === 'destroy') {
    because(isUsed(name) ? 'it is in use by a rule' : undefined);
    sets.delete(name);
  } else because(changeEntry(sets, [verb, name, rest]));
}

/** What is wrong with it, if anything. */
function swap(sets: Sets, name: string, otherName: string): string | undefined {
  const [set, other] = [sets.get(name), sets.get(otherName)];
  if (!set || !other) return 'no such other set';
  if (typeOf(other) !== typeOf(set)) return 'the types differ';
  sets.set(name, other).set(otherName, set);
  return undefined;
}

function changeEntry(
  sets: Sets,
  [verb, name, entry]: readonly [string, string, string],
): string | undefined {
  const set = sets.get(name);
  if (!set || !['add', 'del'].includes(verb)) return 'no command';
  if (set.entries.has(entry) === (verb === 'add')) return 'it is there, or it is not';
  const others = [...set.entries].filter((one) => one !== entry);
  sets.set(name, { ...set, entries: new Set(verb === 'add' ? [...others, entry] : others) });
  return undefined;
}

/** `hash:ip,port family inet`: what two sets that swap must have in common. */
function typeOf({ declaration }: SetState): string {
  return /^\S+(?: family \S+)?/.exec(declaration)?.[0] ?? '';
}
