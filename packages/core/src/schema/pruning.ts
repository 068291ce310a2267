import type { Path } from '../util/print-path.ts';
import type { ExplainedIssue } from './explain-issue.ts';
import type { Finding } from './finding.ts';
import { valueAt } from '../util/value-at.ts';

/** What is cut out of a value: `true` for all of it, else by key or index. */
type Cut = true | Cuts;

type Cuts = Map<string | number, Cut>;

/** A value with parts left out. Paths in are those of the pruned value, paths out those of the original. */
export class Pruning {
  readonly #original: unknown;
  /** What the pruned value lacks; the paths that come in count from there. */
  #applied: Cut = new Map();
  #wanted: Cut = new Map();
  #findings: Finding[] = [];
  /** How many findings the pruned value takes into account. */
  #settled = 0;
  /** Of a list that lacks elements, where those that are left stood. */
  #kept = new Map<Cut, readonly number[]>();
  /** The pruned value, as of the last `prune`. */
  current: unknown;

  constructor(original: unknown) {
    this.#original = original;
    this.current = original;
  }

  get isEmpty(): boolean {
    return this.#wanted === true;
  }

  /** Where nothing remained, each finding is a reason for that. */
  findings(): readonly Finding[] {
    if (!this.isEmpty) return this.#findings;
    return this.#findings.map((finding) => ({ ...finding, leftOut: [] }));
  }

  leaveOut(issue: ExplainedIssue): void {
    const path = this.originalPath(issue.path);
    if (this.#escalate(path)) return;
    const unset = typeof path.at(-1) === 'string' && valueAt(this.#original, path) === null;
    if (unset && !isCut(this.#applied, path)) return this.#remove(path);
    const leftOut = path.slice(0, Math.max(0, path.length - issue.levels));
    this.#findings.push({ code: issue.code, message: issue.message, path, leftOut });
    this.#remove(leftOut);
  }

  prune(): unknown {
    this.#applied = copyOf(this.#wanted);
    this.#settled = this.#findings.length;
    this.#kept.clear();
    this.current = pruned(this.#original, this.#applied);
    return this.current;
  }

  /** A part that was left out is required: what encloses it goes too, under the same finding. */
  #escalate(path: Path): boolean {
    const index = this.#findCause(path);
    const finding = this.#findings[index];
    if (!finding) return false;
    const leftOut = finding.leftOut.slice(0, -1);
    this.#findings[index] = { ...finding, leftOut };
    this.#remove(leftOut);
    return true;
  }

  #findCause(path: Path): number {
    for (let index = 0; index < this.#settled; index++) {
      const { leftOut = [] } = this.#findings[index] ?? {};
      if (isWithin(path, leftOut) && isCut(this.#applied, leftOut)) return index;
    }
    return -1;
  }

  #remove(path: Path): void {
    this.#wanted = addCut(this.#wanted, path);
  }

  /** Where in the original the value at a path of `current` stands. */
  originalPath(path: Path): Path {
    let value = this.#original;
    let here: Cut | undefined = this.#applied;
    return path.map((step) => {
      const isElement = Array.isArray(value) && typeof step === 'number';
      const key: string | number = isElement ? this.#originalIndex(value, here, step) : step;
      value = valueAt(value, [key]);
      here = here === true ? undefined : here?.get(key);
      return key;
    });
  }

  #originalIndex(list: unknown, cut: Cut | undefined, index: number): number {
    if (cut === undefined || cut === true || !Array.isArray(list)) return index;
    const kept =
      this.#kept.get(cut) ?? Array.from(list.keys()).filter((key) => cut.get(key) !== true);
    this.#kept.set(cut, kept);
    return kept[index] ?? index;
  }
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((step, index) => path[index] === step);
}

/** Adds to `cut` in place: a wrong value may hold thousands of wrong elements. */
function addCut(cut: Cut, path: Path): Cut {
  const [step, ...rest] = path;
  if (cut === true || step === undefined) return true;
  return cut.set(step, addCut(cut.get(step) ?? new Map(), rest));
}

function copyOf(cut: Cut): Cut {
  return cut === true ? true : new Map(Array.from(cut, ([step, inner]) => [step, copyOf(inner)]));
}

function isCut(cut: Cut, path: Path): boolean {
  let current: Cut | undefined = cut;
  for (const step of path) {
    if (current === true || current === undefined) break;
    current = current.get(step);
  }
  return current === true;
}

function pruned(value: unknown, cut: Cut): unknown {
  if (cut === true) return undefined;
  const entriesOf = <Key extends string | number>(
    entries: Iterable<[Key, unknown]>,
  ): [Key, unknown][] =>
    Array.from(entries)
      .filter(([key]) => cut.get(key) !== true)
      .map(([key, child]) => {
        const inner = cut.get(key);
        return [key, inner ? pruned(child, inner) : child];
      });
  if (Array.isArray(value)) return entriesOf(value.entries()).map(([, child]) => child);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(entriesOf(Object.entries(value)));
}
