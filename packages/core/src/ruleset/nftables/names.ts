declare const brand: unique symbol;

/** A name of a chain, set or map that nft takes unquoted where kube-proxy writes it. */
export type ObjectName = string & { readonly [brand]: 'ObjectName' };

/** NFT_NAME_MAXLEN without the final zero byte. */
export const longestName = 255;

/** @throws {TypeError} if nft would refuse the name, or read it as something else. */
export function objectName(text: string): ObjectName {
  if (!isObjectName(text)) {
    throw new TypeError(
      `${JSON.stringify(text)} is no name for nft: a letter, then up to 254 of A-Z a-z 0-9 / _ . -`,
    );
  }
  return text;
}

export function isObjectName(text: string): text is ObjectName {
  return text.length <= longestName && /^[A-Za-z][A-Za-z0-9/_.-]*$/.test(text);
}
