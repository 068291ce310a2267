declare const brand: unique symbol;

/** A set's name that ipset takes. */
export type SetName = string & { readonly [brand]: 'SetName' };

/** IPSET_MAXNAMELEN without the final zero byte. */
export const longestSetName = 31;

/** @throws {TypeError} if ipset would refuse the name, or read it as something else. */
export function setName(text: string): SetName {
  if (!isSetName(text)) {
    throw new TypeError(
      `${JSON.stringify(text)} is no name of a set: up to ${longestSetName} of A-Z a-z 0-9 _ . : -, and no dash first`,
    );
  }
  return text;
}

function isSetName(text: string): text is SetName {
  return text.length <= longestSetName && /^[A-Za-z0-9_.:][A-Za-z0-9_.:-]*$/.test(text);
}
