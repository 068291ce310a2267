const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Go counts nanoseconds in 64 bits. */
const longest = 2 ** 63 / 1e9;

/** Reads a duration as Go's `time.ParseDuration` does, in seconds; `undefined` if the text is none. */
export function parseDuration(text: string): number | undefined {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined;
  let seconds = 0;
  for (const [, value, unit] of rest.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    seconds += Number(value) * (unitSeconds[unit ?? ''] ?? 0);
  }
  if (seconds >= longest) return undefined;
  return sign === '-' ? -seconds : seconds;
}
