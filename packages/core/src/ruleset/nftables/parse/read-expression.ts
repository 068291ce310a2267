import type { SavedExpression } from './saved-statement.ts';
import type { WordCursor } from './word-cursor.ts';

const protocols = new Set(
  'ip ip6 tcp udp sctp udplite dccp th icmp icmpv6 ether arp vlan'.split(' '),
);

const fields = new Set(
  'saddr daddr sport dport protocol nexthdr type code length version ttl hoplimit dscp id operation'.split(
    ' ',
  ),
);

/** Keys of `meta` that nft takes without that word. */
const bareKeys = new Set(
  'mark iif iifname iiftype oif oifname oiftype skuid skgid cpu iifgroup oifgroup cgroup'.split(
    ' ',
  ),
);

const bitOperators = new Set('& and | or ^ xor'.split(' '));

/** Reads an expression that kube-proxy or kube-rules may use; `undefined`, with the cursor anywhere, if it is another. */
export function readExpression(words: WordCursor): SavedExpression | undefined {
  const first = readPart(words);
  if (!first || words.peek() !== '.') return first;
  const parts = [first];
  while (words.skip('.')) {
    const part = readPart(words);
    if (!part) return undefined;
    parts.push(part);
  }
  return { kind: 'concatenation', parts };
}

function readPart(words: WordCursor): SavedExpression | undefined {
  const expression = readPrimary(words);
  if (!expression || !bitOperators.has(words.peek())) return expression;
  const operator = words.next();
  const operand = words.next();
  return isNumber(operand) ? { kind: 'bits', expression, operator, operand } : undefined;
}

function readPrimary(words: WordCursor): SavedExpression | undefined {
  const word = words.next();
  if (bareKeys.has(word)) return { kind: 'meta', key: word, bare: true };
  switch (word) {
    case 'meta':
      return readName(words, (key) => ({ kind: 'meta', key }));
    case 'ct':
      return readName(words, (key) => ({ kind: 'ct', key }));
    case 'fib':
      return readFib(words);
    case 'numgen':
      return readNumgen(words);
    default:
      return protocols.has(word) && fields.has(words.peek())
        ? { kind: 'payload', protocol: word, field: words.next() }
        : undefined;
  }
}

function readName(
  words: WordCursor,
  make: (name: string) => SavedExpression,
): SavedExpression | undefined {
  const name = words.next();
  return /^[a-z0-9]+$/.test(name) ? make(name) : undefined;
}

function readFib(words: WordCursor): SavedExpression | undefined {
  const fields = [words.next()];
  while (words.skip('.')) fields.push(words.next());
  const result = words.next();
  return ['type', 'oif', 'oifname'].includes(result) ? { kind: 'fib', fields, result } : undefined;
}

function readNumgen(words: WordCursor): SavedExpression | undefined {
  const mode = words.next();
  if (!words.skip('mod')) return undefined;
  const modulus = words.next();
  if (!isNumber(modulus)) return undefined;
  if (!words.skip('offset')) return { kind: 'numgen', mode, modulus };
  const offset = words.next();
  return isNumber(offset) ? { kind: 'numgen', mode, modulus, offset } : undefined;
}

function isNumber(word: string): boolean {
  return /^(?:0x[0-9a-fA-F]{1,8}|\d{1,10})$/.test(word);
}
