declare const brand: unique symbol;

/** A chain's name that iptables takes. */
export type ChainName = string & { readonly [brand]: 'ChainName' };

/** XT_EXTENSION_MAXNAMELEN leaves 28 bytes for the name of a chain. */
const longest = 28;

/** @throws {TypeError} if iptables would refuse the name, or read it as something else. */
export function chainName(text: string): ChainName {
  if (!isChainName(text)) {
    throw new TypeError(
      `${JSON.stringify(text)} is no chain name: up to ${longest} of A-Z a-z 0-9 _ . -, and no dash first`,
    );
  }
  return text;
}

function isChainName(text: string): text is ChainName {
  return text.length <= longest && /^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(text);
}
