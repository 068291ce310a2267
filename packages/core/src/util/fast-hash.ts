/** Adds texts up to one short text that tells their sequence from others: quick, and no defence against an attacker. */
export class FastHash {
  #low = 0xdeadbeef;
  #high = 0x41c6ce57;

  /** Where one text ends and the next begins counts. */
  add(text: string): this {
    let [low, high] = [this.#low, this.#high];
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      low = Math.imul(low ^ unit, 2_654_435_761);
      high = Math.imul(high ^ unit, 1_597_334_677);
    }
    this.#low = Math.imul(low ^ text.length ^ 0x10000, 2_246_822_507);
    this.#high = Math.imul(high ^ text.length ^ 0x20000, 3_266_489_909);
    return this;
  }

  /** Two numbers of 32 bits. */
  halves(): readonly [number, number] {
    const low = Math.imul(this.#low ^ (this.#low >>> 16), 2_246_822_507) ^ (this.#high >>> 13);
    const high = Math.imul(this.#high ^ (this.#high >>> 16), 3_266_489_909) ^ (this.#low >>> 13);
    return [high >>> 0, low >>> 0];
  }
}
