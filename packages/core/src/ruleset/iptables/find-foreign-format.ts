/** A line that is not of iptables-save, and all the text that it is in. */
export interface StrangeLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** As much of a text shows which family it is of. */
const shown = 20_000;

/** Says what another program's output is, and which command prints what is wanted; undefined if the line is of none that is known. */
export function findForeignFormat(line: StrangeLine): string | undefined {
  const start = line.text.slice(line.start, Math.min(line.end, line.start + 200));
  const words = start.trim().split(/[ \t]+/);
  const command = isIPv6(line) ? 'ip6tables-save -c' : 'iptables-save -c';
  if (isListedChain(words)) {
    return `This is a listing of iptables -L, which leaves parts of the rules out: "${command}" prints them all.`;
  }
  if (isCall(words)) {
    return `This has rules but does not say of which table, as in what iptables -S prints: "${command}" says it.`;
  }
  if (isNftables(words)) {
    return `This is a listing of nft: "${command}" prints the rules of iptables.`;
  }
  return undefined;
}

/** `Chain NAME (policy ACCEPT …` or `Chain NAME (2 references)`. */
function isListedChain([first, , third, fourth]: readonly string[]): boolean {
  return first === 'Chain' && (third === '(policy' || fourth === 'references)');
}

/** `-P CHAIN POLICY`, `-N CHAIN` or `-A CHAIN …`. */
function isCall([first = '', chain]: readonly string[]): boolean {
  return ['-P', '-N', '-A', '-I'].includes(first) && chain !== undefined;
}

/** `table FAMILY NAME {` or `chain NAME {`. */
function isNftables([first = '', , third, fourth]: readonly string[]): boolean {
  return (first === 'table' && fourth === '{') || (first === 'chain' && third === '{');
}

/** IPv6 addresses are rarely written without `::`, and nothing else is written so. */
function isIPv6({ text, start }: StrangeLine): boolean {
  const part = text.slice(start, start + shown);
  return part.includes('::') || part.includes('ip6tables');
}
