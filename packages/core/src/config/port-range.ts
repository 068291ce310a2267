/** Ports from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Reads `first-last`, `first+count` (up to `first` plus `count`) or one port: Kubernetes' `PortRange`. Undefined for anything else. */
export function parsePortRange(text: string): PortRange | undefined {
  const [, from, sign, to] = /^\s*(\d+)(?:([-+])(\d+))?\s*$/.exec(text) ?? [];
  if (from === undefined) return undefined;
  const first = Number(from);
  const second = Number(to ?? first);
  const last = sign === '+' ? first + second : second;
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}
