/** @throws {TypeError} if nft would read the text as anything but this one word: it has no way to quote one. */
export function printWord(text: string): string {
  if (!/^[A-Za-z0-9_.:[][A-Za-z0-9_.:/[\]-]*\*?$/.test(text)) {
    throw new TypeError(`${JSON.stringify(text)} is no word that nft reads as it is`);
  }
  return text;
}
