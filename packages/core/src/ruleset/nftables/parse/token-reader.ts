import { lex, type Tokens } from './lex.ts';
import type { Word } from './saved-statement.ts';

/** Goes over the tokens of a text; positions are their numbers. */
export class TokenReader {
  readonly #tokens: Tokens;
  readonly #blanks = new Map<string, string>();
  /** The number of the token that comes. */
  at = 0;

  constructor(text: string) {
    this.#tokens = lex(text);
  }

  get count(): number {
    return this.#tokens.starts.length;
  }

  get isAtEnd(): boolean {
    return this.at >= this.count;
  }

  /** The first character of a token, which tells its sort; empty behind the last. */
  sign(position = this.at): string {
    const start = this.#tokens.starts[position];
    return start === undefined ? '' : this.#tokens.text.charAt(start);
  }

  textOf(position = this.at): string {
    const { text, starts, ends } = this.#tokens;
    return text.slice(starts[position] ?? text.length, ends[position] ?? text.length);
  }

  /** Where a token starts in the text; the text's end behind the last. */
  start(position = this.at): number {
    return this.#tokens.starts[position] ?? this.#tokens.text.length;
  }

  /** Where a token ends. */
  end(position: number): number {
    return this.#tokens.ends[position] ?? (position < 0 ? 0 : this.#tokens.text.length);
  }

  slice(start: number, end: number): string {
    return this.#tokens.text.slice(start, end);
  }

  /** Blanks, and line ends that were passed over: the same blanks are one string. */
  blanks(start: number, end: number): string {
    if (end - start === 1 && this.#tokens.text.charAt(start) === ' ') return ' ';
    const found = this.#tokens.text.slice(start, end);
    const known = this.#blanks.get(found);
    if (known !== undefined) return known;
    this.#blanks.set(found, found);
    return found;
  }

  /** Tokens by their numbers, as words with the blanks before each. */
  words(positions: readonly number[]): Word[] {
    return positions.map((position, index) => {
      const text = this.textOf(position);
      const gap = index === 0 ? ' ' : this.gapBetween(positions[index - 1] ?? 0, position);
      return gap === ' ' ? { text } : { text, gap };
    });
  }

  gapBetween(former: number, position: number): string {
    return this.blanks(this.end(former), this.start(position));
  }

  /**
   * How tokens are set that print as `printed` with the usual blanks: `layout` if theirs are other
   * ones. `undefined` if not even the tokens are the same.
   */
  compare(
    positions: readonly number[],
    printed: string,
  ): { readonly layout?: readonly string[] } | undefined {
    const [first = 0] = positions;
    const last = positions.at(-1) ?? first;
    if (this.slice(this.start(first), this.end(last)) === printed) return {};
    const { starts, ends } = lex(printed);
    const same =
      starts.length === positions.length &&
      positions.every(
        (position, index) => this.textOf(position) === printed.slice(starts[index], ends[index]),
      );
    if (!same) return undefined;
    return {
      layout: positions
        .slice(1)
        .map((position, index) => this.gapBetween(positions[index] ?? 0, position)),
    };
  }
}
