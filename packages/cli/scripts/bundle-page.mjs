// Makes dist/bundle of what tsc made of src/report/page: what runs in a report's page, what runs beside it, its style.
// `kube-rules report` puts all three into each page. Runs in any folder, after tsc -b.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}dist/bundle`;

mkdirSync(folder, { recursive: true });
await bundle('main.js', 'page.js');
await bundle('engine.js', 'engine.js');
copyFileSync(`${root}src/report/page/page.css`, `${folder}/page.css`);

async function bundle(entry, file) {
  const bundled = await rolldown({
    input: `${root}dist/report/page/${entry}`,
    platform: 'browser',
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
  });
  const { output } = await bundled.generate({ format: 'iife', minify: true, codeSplitting: false });
  const [{ code, imports, moduleIds }] = output;
  if (output.length > 1 || imports.length > 0) {
    throw new Error(`${file} does not stand alone: it imports ${imports.join(', ')}`);
  }
  writeFileSync(`${folder}/${file}`, `${licences(moduleIds)}${code}`);
  console.log(`${file}: ${Math.ceil(code.length / 1000)} kB`);
}

/** Those of the packages of others whose code is in the bundle ask to go with it. */
function licences(moduleIds) {
  const packages = new Set(
    moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  );
  return [...packages]
    .toSorted((a, b) => a.localeCompare(b))
    .map(licenceOf)
    .join('');
}

function licenceOf(path) {
  const { name, version } = JSON.parse(readFileSync(`${path}/package.json`, 'utf8'));
  const file = readdirSync(path).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name} comes without its licence`);
  return `/*! ${name} ${version}\n\n${readFileSync(`${path}/${file}`, 'utf8').trim()}\n*/\n`;
}
