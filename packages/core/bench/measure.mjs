// Measures one size in a process of its own, so that its peak memory is its own: `node measure.mjs SERVICES ENDPOINTS MODE [LAYOUT]`.
import { compile, lint, parseSnapshot, renderFiles } from '@kube-rules/core';
import { generateSnapshot } from './generate-snapshot.mjs';

const [services, endpoints] = [Number(process.argv[2]), Number(process.argv[3])];
const [mode, layout] = process.argv.slice(4);
const rounds = services >= 10_000 ? 3 : 7;
const text = generateSnapshot(services, endpoints);

const steps = { jsonParse: [], parse: [], compile: [], print: [], lint: [] };
let bytes = 0;
for (let round = 0; round <= rounds; round++) {
  const snapshot = time('parse', () => parseSnapshot(text).snapshot);
  time('jsonParse', () => JSON.parse(text));
  time('lint', () => lint(snapshot, mode));
  const ruleset = time('compile', () => compile(snapshot, mode, { layout }));
  const files = time('print', () => renderFiles(ruleset));
  bytes = Object.values(files).reduce((sum, file) => sum + file.length, 0);
  // The first round warms up.
  if (round === 0) for (const times of Object.values(steps)) times.length = 0;
}

const medians = Object.fromEntries(
  Object.entries(steps).map(([step, times]) => [step, median(times)]),
);
const peakMiB = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({
    services,
    endpoints,
    mode,
    ...medians,
    peakMiB,
    inputBytes: text.length,
    bytes,
  }),
);

function time(step, work) {
  globalThis.gc?.();
  const start = performance.now();
  const result = work();
  steps[step].push(performance.now() - start);
  return result;
}

function median(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}
