// Measures reading a node's dumps back, in a process of its own, so that its peak memory is its own:
// `node measure-read-back.mjs parse|audit FOLDER MODE [LAYOUT]`. The folder has a snapshot, the same with one endpoint moved, and
// the dumps, as `write-dumps.mjs` writes them.
import { readFileSync, readdirSync } from 'node:fs';
import {
  audit,
  compile,
  diffRuleset,
  normalizeIpset,
  normalizeIptables,
  normalizeIpvsadm,
  normalizeNftables,
  parseIpset,
  parseIptables,
  parseIpvsadm,
  parseNftables,
  parseSnapshot,
  readDumps,
  rulesOfRuleset,
} from '@kube-rules/core';

const [stage, folder, mode, layout] = process.argv.slice(2);
const text = readFileSync(`${folder}/snapshot.json`, 'utf8');
const dumps = Object.fromEntries(
  readdirSync(`${folder}/dumps`).map((name) => [
    name,
    readFileSync(`${folder}/dumps/${name}`, 'utf8'),
  ]),
);
const rounds = text.length < 1e7 ? 7 : stage === 'parse' ? 3 : 1;

/** How each kind of dump is read; the few addresses of ipvs mode need no time. */
const readers = {
  iptables: [parseIptables, normalizeIptables],
  ipset: [parseIpset, normalizeIpset],
  ipvsadm: [parseIpvsadm, normalizeIpvsadm],
  nft: [parseNftables, normalizeNftables],
  'nft-list': [parseNftables, normalizeNftables],
};

const times = {};
const measureRound = stage === 'parse' ? measureParse : measureAudit();
for (let round = 0; round <= rounds; round++) {
  // The first round warms up.
  if (round === 1) for (const step of Object.keys(times)) delete times[step];
  time('jsonParse', () => JSON.parse(text));
  measureRound();
}
const medians = Object.entries(times).map(([step, own]) => [step, median(own)]);
console.log(
  JSON.stringify({
    ...Object.fromEntries(medians),
    bytes: Object.values(dumps).reduce((sum, { length }) => sum + length, 0),
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }),
);

function measureParse() {
  const read = Object.entries(dumps).flatMap(([name, dump]) => {
    const [parse, normalize] = readers[name.replace(/^ipv[46]\./, '')] ?? [];
    return parse
      ? [{ parse, normalize, dump, family: name.startsWith('ipv6') ? 'IPv6' : 'IPv4' }]
      : [];
  });
  const parsed = time('parse', () => read.map(({ parse, dump }) => parse(dump)));
  for (const { diagnostics } of parsed) expectNone('diagnostics', diagnostics);
  time('normalize', () =>
    read.map(({ normalize, family }, index) => normalize(parsed[index].document, family)),
  );
}

function measureAudit() {
  const { snapshot } = parseSnapshot(text);
  const [expected, changed] = ['snapshot', 'moved'].map((name) =>
    rulesOf(`${folder}/${name}.json`),
  );
  return () => {
    const { rules } = readDumps(dumps);
    expectNone(
      'changes',
      time('diffEqual', () => diffRuleset(rules, expected)),
    );
    const changes = time('diffChanged', () => diffRuleset(rules, changed));
    if (changes.length === 0) throw new Error('The moved endpoint makes no change.');
    expectNone(
      'findings',
      time('audit', () => audit(snapshot, mode, dumps).findings),
    );
  };
}

function rulesOf(file) {
  const { snapshot } = parseSnapshot(readFileSync(file, 'utf8'));
  return rulesOfRuleset(compile(snapshot, mode, { layout }));
}

function expectNone(what, found) {
  if (found.length > 0)
    throw new Error(`${found.length} ${what}, such as ${JSON.stringify(found[0])}`);
}

function time(step, work) {
  globalThis.gc?.();
  const start = performance.now();
  const result = work();
  (times[step] ??= []).push(performance.now() - start);
  return result;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
