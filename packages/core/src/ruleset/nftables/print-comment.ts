/** The most bytes that nft takes in the comment of an element. */
const longestComment = 128;

/** Prints a comment in double quotes, cut to what nft takes. A comment of kube-proxy's is printable ASCII. */
export function printComment(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) {
    throw new TypeError(
      `${JSON.stringify(text)} cannot be a comment of nft: it is not printable ASCII`,
    );
  }
  return `"${text.slice(0, longestComment).replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
