/** The words of a line, taken one after the other. */
export class WordCursor {
  readonly #words: readonly string[];
  #next = 0;

  constructor(line: string) {
    this.#words = line.trim().split(/\s+/);
  }

  /** The next word, `''` behind the last. */
  take(): string {
    return this.#words[this.#next++] ?? '';
  }

  /** Takes the next word if it is this one. */
  takeIf(word: string): boolean {
    if (this.#words[this.#next] !== word) return false;
    this.#next++;
    return true;
  }

  /** Takes the next word if it begins so. */
  takeBeginning(beginning: string): string | undefined {
    return this.#words[this.#next]?.startsWith(beginning) ? this.take() : undefined;
  }

  isAtEnd(): boolean {
    return this.#next >= this.#words.length;
  }
}
