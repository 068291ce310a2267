// Writes what `measure-read-back.mjs` reads: `node write-dumps.mjs FOLDER SERVICES ENDPOINTS MODE [LAYOUT]`. That of the
// fast layout is what nft lists after it loaded it into a network namespace of its own; kube-proxy's own layout would take
// minutes to load, and stays the script that it is.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { compile, parseSnapshot, renderFiles } from '@kube-rules/core';
import { generateSnapshot } from './generate-snapshot.mjs';

const [folder, services, endpoints, mode, layout] = process.argv.slice(2);
const text = generateSnapshot(Number(services), Number(endpoints));
writeFileSync(`${folder}/snapshot.json`, text);
// An endpoint of the second Service moves; the first has session affinity.
writeFileSync(`${folder}/moved.json`, text.replace(`"10.${endpoints}.0.0"`, '"10.99.255.254"'));

const ruleset = compile(parseSnapshot(text).snapshot, mode, { layout });
const rendered = Object.entries(renderFiles(ruleset, { form: 'save' }));
const files = layout === 'fast' ? [['nft-list', list(rendered)]] : rendered.filter(isDump);
mkdirSync(`${folder}/dumps`);
for (const [name, dump] of files) writeFileSync(`${folder}/dumps/${name}`, dump);

function isDump([name]) {
  return /\.(?:iptables|ipset|ipvsadm|addresses|nft)$/.test(name);
}

function list(documents) {
  const script = documents.map(([, document]) => document).join('');
  return execFileSync('unshare', ['--net', 'sh', '-c', 'nft -f - && nft list ruleset'], {
    input: script,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
}
