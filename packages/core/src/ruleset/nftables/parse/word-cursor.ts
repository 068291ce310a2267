/** Reads words one after the other. */
export class WordCursor {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  /** How many words were read. */
  get at(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#words.length;
  }

  /** The word that comes, or the one `ahead` words behind it; empty at the end. */
  peek(ahead = 0): string {
    return this.#words[this.#at + ahead] ?? '';
  }

  /** Reads one word; empty at the end. */
  next(): string {
    return this.#words[this.#at++] ?? '';
  }

  /** Reads the word if it comes next. */
  skip(word: string): boolean {
    if (this.peek() !== word || this.isAtEnd) return false;
    this.#at++;
    return true;
  }

  /** Goes back to where `at` was. */
  reset(at: number): void {
    this.#at = at;
  }

  /** The words from `start` to here. */
  since(start: number): readonly string[] {
    return this.#words.slice(start, this.#at);
  }
}
