/** The most bytes that nft takes in a comment. */
const longestComment = 128;

/**
 * Prints a comment in double quotes, cut to what nft takes. Between quotes nft knows no escapes: a
 * quote would end the comment, and a backslash would stand there twice.
 *
 * @throws {TypeError} for what is not printable ASCII, a quote or a backslash.
 */
export function printComment(text: string): string {
  if (!/^[ !#-[\]-~]*$/.test(text)) {
    throw new TypeError(
      `${JSON.stringify(text)} cannot be a comment of nft: printable ASCII without quotes and backslashes`,
    );
  }
  return `"${cutComment(text)}"`;
}

/** As much of a comment as nft takes. */
export function cutComment(text: string): string {
  return text.slice(0, longestComment);
}
